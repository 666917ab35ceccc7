import type { ErrorReportJson, RuntimeState } from '@sealane/contracts/pipeline-state';
import { describe, expect, it } from 'vitest';
import { beginSupervision, type Inherited, transition } from './supervision.ts';
import {
  DEFAULT_LIMITS,
  type Effect,
  type Phase,
  type Supervision,
  type SupervisionEvent,
  type Wanted,
} from './supervision-state.ts';

const running: Wanted = { desired: 'running', revision: 'a' };
const exit = { code: null, signal: 'SIGKILL', stderr: '' };

function report(more: Partial<ErrorReportJson> = {}): ErrorReportJson {
  return {
    code: 'BINLOG_CONNECTION_LOST',
    message: 'The connection was lost.',
    why: null,
    remedy: null,
    retriable: true,
    fields: [],
    details: {},
    ...more,
  };
}
const purged = report({ code: 'BINLOG_POSITION_PURGED', message: 'The position is gone.', retriable: false });
const denied = report({ code: 'SOURCE_ACCESS_DENIED', message: 'Access denied.', retriable: false });

/** A supervision in motion: each call is one event; time moves only when told. */
function supervised(inherited: Inherited | null = null, wanted: Wanted = running) {
  let state: Supervision = beginSupervision(wanted, inherited);
  let now = 1_000_000;
  const self = {
    get state() {
      return state;
    },
    wait(milliseconds: number) {
      now += milliseconds;
      return self;
    },
    on(event: SupervisionEvent): readonly Effect[] {
      const step = transition(state, event, { now, random: 0.5, limits: DEFAULT_LIMITS });
      state = step.state;
      return step.effects;
    },
    want: (change: Partial<Wanted>) => self.on({ on: 'wanted', wanted: { ...state.wanted, ...change } }),
    report: (childState: RuntimeState) => self.on({ on: 'state', state: childState }),
    fail(error: ErrorReportJson) {
      self.on({ on: 'ended', outcome: { completed: false, error } });
      return self.on({ on: 'exit', exit: { code: 0, signal: null, stderr: '' } });
    },
    tick: () => self.on({ on: 'tick' }),
  };
  return self;
}

function live() {
  const it = supervised();
  it.want({});
  it.report('running');
  return it;
}

const kinds = (effects: readonly Effect[]): string[] =>
  effects.map((effect) =>
    effect.do === 'send' ? effect.command : effect.do === 'finish' ? effect.ending : effect.do,
  );

describe('from every phase, what a person wants', () => {
  const reach: Record<Exclude<Phase, 'done'>, () => ReturnType<typeof supervised>> = {
    idle: () => supervised(),
    live,
    stopping: () => {
      const it = live();
      it.want({ revision: 'b' });
      return it;
    },
    backoff: () => {
      const it = live();
      it.fail(report());
      return it;
    },
    failed: () => {
      const it = live();
      it.fail(purged);
      return it;
    },
    completed: () => {
      const it = live();
      it.on({ on: 'ended', outcome: { completed: true, error: null } });
      it.on({ on: 'exit', exit });
      return it;
    },
  };
  const table: [Exclude<Phase, 'done'>, Partial<Wanted>, Phase, string[]][] = [
    ['idle', {}, 'live', ['spawn', 'note']],
    ['idle', { desired: 'paused' }, 'live', ['spawn', 'note']],
    ['idle', { desired: 'stopped' }, 'done', ['note', 'done']],
    ['idle', { desired: 'deleted' }, 'done', ['done']],
    ['live', { desired: 'paused' }, 'live', ['pause']],
    ['live', {}, 'live', []],
    ['live', { revision: 'b' }, 'stopping', ['stop']],
    ['live', { desired: 'stopped' }, 'stopping', ['stop']],
    ['live', { desired: 'deleted' }, 'stopping', ['stop']],
    ['stopping', { desired: 'stopped' }, 'stopping', []],
    ['backoff', {}, 'backoff', []],
    ['backoff', { revision: 'b' }, 'live', ['spawn', 'note']],
    ['backoff', { desired: 'stopped' }, 'done', ['note', 'done']],
    ['failed', {}, 'failed', []],
    ['failed', { desired: 'paused' }, 'live', ['spawn', 'note']],
    ['failed', { revision: 'b' }, 'live', ['spawn', 'note']],
    ['failed', { desired: 'stopped' }, 'done', ['note', 'done']],
    ['completed', {}, 'completed', []],
    ['completed', { revision: 'b' }, 'live', ['spawn', 'note']],
    ['completed', { desired: 'deleted' }, 'done', ['done']],
  ];
  it.each(table)('%s, %o → %s', (...row) => {
    const [phase, change, next, effects] = row;
    const it = reach[phase]();
    expect(it.state.phase).toBe(phase);
    expect(kinds(it.want(change))).toEqual(effects);
    expect(it.state.phase).toBe(next);
  });
});

describe('stopping', () => {
  it('finishes when the process is gone, and says stopped', () => {
    const it = live();
    it.want({ desired: 'stopped' });
    expect(it.state.status.state).toBe('stopping');
    expect(kinds(it.on({ on: 'exit', exit }))).toEqual(['note', 'done']);
    expect(it.state.status.state).toBe('stopped');
  });

  it('kills a process that does not stop in time, once', () => {
    const it = live();
    it.want({ desired: 'stopped' });
    expect(kinds(it.wait(DEFAULT_LIMITS.stopMs - 1).tick())).toEqual([]);
    expect(kinds(it.wait(1).tick())).toEqual(['kill']);
    expect(kinds(it.wait(1000).tick())).toEqual([]);
  });

  it('starts again when that is what is wanted by then', () => {
    const it = live();
    it.want({ desired: 'stopped' });
    it.want({ desired: 'paused' });
    expect(it.on({ on: 'exit', exit })[0]).toEqual({ do: 'spawn', paused: true });
  });

  it('tells of a stop that could not deliver everything', () => {
    const it = live();
    it.want({ desired: 'stopped' });
    const effects = it.fail(report());
    expect(effects[0]).toMatchObject({
      do: 'note',
      note: { level: 'warn', type: 'pipeline.stop.incomplete' },
    });
    expect(it.state.status.state).toBe('stopped');
  });
});

describe('failing', () => {
  it('waits with a visible reason, attempt and time, and tries again when it is due', () => {
    const it = live();
    it.fail(report());
    expect(it.state.status).toMatchObject({ state: 'waiting', attempt: 1, nextAttemptAt: 1_001_000 });
    expect(it.state.status.reason?.code).toBe('BINLOG_CONNECTION_LOST');
    expect(kinds(it.wait(999).tick())).toEqual([]);
    expect(kinds(it.wait(1).tick())).toEqual(['spawn']);
    expect(it.state.status).toMatchObject({ state: 'starting', attempt: 1 });
  });

  it('waits longer each time and forgets after a healthy minute', () => {
    const it = live();
    it.fail(report());
    it.wait(1000).tick();
    it.report('running');
    expect(it.state.status).toMatchObject({ state: 'running', attempt: 0, reason: null });
    it.wait(30_000).tick();
    it.fail(report());
    expect(it.state.status.attempt).toBe(2);
    it.wait(2000).tick();
    it.report('running');
    it.wait(DEFAULT_LIMITS.healthyMs).tick();
    it.fail(report());
    expect(it.state.status.attempt).toBe(1);
  });

  it('stays failed for a person when another try could change nothing', () => {
    const it = live();
    it.fail(purged);
    expect(it.state.status).toMatchObject({ state: 'failed', nextAttemptAt: null });
    expect(kinds(it.wait(3_600_000).tick())).toEqual([]);
  });

  it('looks now and then whether a grant or password was mended, failed until rows flow', () => {
    const it = live();
    it.fail(denied);
    expect(it.state.status).toMatchObject({ state: 'failed', nextAttemptAt: 1_030_000 });
    expect(kinds(it.wait(30_000).tick())).toEqual(['spawn']);
    it.report('starting');
    expect(it.state.status).toMatchObject({ state: 'failed', reason: { code: 'SOURCE_ACCESS_DENIED' } });
    const effects = it.report('running');
    expect(effects).toMatchObject([{ do: 'note', note: { type: 'pipeline.recovered' } }]);
    expect(it.state.status.state).toBe('running');
  });

  it('tells a crash with its signal, an end that nobody asked for, and a start that was impossible', () => {
    const crashed = live();
    crashed.on({ on: 'exit', exit });
    expect(crashed.state.status).toMatchObject({
      state: 'waiting',
      reason: { code: 'PIPELINE_PROCESS_CRASHED' },
    });
    expect(crashed.state.status.reason?.message).toContain('SIGKILL');
    const ended = live();
    ended.on({ on: 'ended', outcome: { completed: false, error: null } });
    ended.on({ on: 'exit', exit: { code: 0, signal: null, stderr: '' } });
    expect(ended.state.status.reason?.code).toBe('PIPELINE_PROCESS_ENDED');
    const unstartable = live();
    unstartable.on({ on: 'unstartable', error: report({ code: 'SECRET_KEY_UNKNOWN', retriable: false }) });
    expect(unstartable.state.phase).toBe('failed');
  });

  it('does not fill the log with the same failure', () => {
    const it = live();
    let notes = 0;
    for (let attempt = 1; attempt <= 64; attempt++) {
      notes += it.fail(report()).length;
      it.wait(60_000).tick();
    }
    expect(notes).toBe(7);
  });
});

describe('a process that hangs', () => {
  it('is killed after 15 s without a sample, and the reason says so', () => {
    const it = live();
    it.on({ on: 'sample', waitingFor: null });
    const ticks = Array.from({ length: DEFAULT_LIMITS.hangSeconds }, () => kinds(it.wait(1000).tick()));
    expect(ticks.flat()).toEqual(['kill']);
    expect(ticks.at(-1)).toEqual(['kill']);
    it.on({ on: 'exit', exit });
    expect(it.state.status.reason?.code).toBe('PIPELINE_PROCESS_HUNG');
  });

  it('gets longer for its first sample', () => {
    const it = supervised();
    it.want({});
    const quiet = Array.from({ length: DEFAULT_LIMITS.hangSeconds + DEFAULT_LIMITS.startSeconds - 1 }, () =>
      it.tick(),
    );
    expect(quiet.flat()).toEqual([]);
    expect(kinds(it.tick())).toEqual(['kill']);
  });
});

describe('waiting while the process lives', () => {
  it('is shown with what it waits for and ends by itself', () => {
    const it = live();
    it.on({ on: 'sample', waitingFor: { stage: 'kafka', message: 'refused', sinceMs: 0 } });
    expect(it.state.status).toMatchObject({
      state: 'waiting',
      reason: { code: 'KAFKA_UNREACHABLE', why: 'refused' },
    });
    it.on({ on: 'sample', waitingFor: null });
    expect(it.state.status).toMatchObject({ state: 'running', reason: null });
  });

  it('calls a start that takes long just that, and neither end unreachable', () => {
    const it = supervised();
    it.want({});
    it.on({ on: 'sample', waitingFor: { stage: 'source', message: 'being checked', sinceMs: 0 } });
    expect(it.state.status).toMatchObject({
      state: 'waiting',
      reason: {
        code: 'START_TAKES_LONG',
        message: 'The start takes long at the source.',
        why: 'being checked',
      },
    });
    it.on({ on: 'sample', waitingFor: null });
    expect(it.state.status).toMatchObject({ state: 'starting', reason: null });
  });
});

describe('handing over', () => {
  it('stops the process at a shutdown and puts the job back; the pipeline is pending until someone has it', () => {
    const it = live();
    expect(kinds(it.on({ on: 'shutdown' }))).toEqual(['stop']);
    expect(kinds(it.on({ on: 'exit', exit }))).toEqual(['requeue']);
    expect(it.state.status.state).toBe('pending');
  });

  it('kills at once when the lease is lost, and decides nothing any more', () => {
    const it = live();
    expect(kinds(it.on({ on: 'lease-lost' }))).toEqual(['kill', 'lost']);
    expect(it.on({ on: 'exit', exit })).toEqual([]);
  });

  it('leaves a failure that needs a person as it is, through shutdown and takeover', () => {
    const it = live();
    it.fail(purged);
    it.on({ on: 'shutdown' });
    expect(it.state.status.state).toBe('failed');
    const taken = supervised({ status: it.state.status, outdated: false });
    expect(taken.want({})).toEqual([]);
    expect(taken.state.status).toEqual(it.state.status);
  });

  it('does not copy everything again because another worker took a completed pipeline', () => {
    const completed = { state: 'completed', reason: null, attempt: 0, nextAttemptAt: null } as const;
    expect(supervised({ status: completed, outdated: false }).want({})).toEqual([]);
    expect(kinds(supervised({ status: completed, outdated: true }).want({}))).toEqual(['spawn', 'note']);
  });
});
