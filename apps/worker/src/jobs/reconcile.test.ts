import type { DesiredState } from '@sealane/contracts/pipeline-state';
import { describe, expect, it } from 'vitest';
import { createReconcile } from './reconcile.ts';

function scene(pipelines: Record<string, DesiredState>, jobs: string[]) {
  const state = {
    pipelines,
    jobs: new Set(jobs),
    held: new Set<string>(),
    shown: [] as string[],
    forgotten: [] as string[],
  };
  const reconcile = createReconcile({
    pipelines: async () =>
      Object.entries(state.pipelines).map(([id, desiredState]) => ({ id, desiredState })),
    jobs: async () => [...state.jobs],
    ensureJob: async (id) => void state.jobs.add(id),
    dropJob: async (id) => void state.jobs.delete(id),
    showStopped: async (id) => !state.held.has(id) && state.shown.push(id) > 0,
    forget: async (id) => void state.forgotten.push(id),
  });
  return { state, reconcile };
}

describe('reconcile', () => {
  it('gives a job to what should run or be paused, and to nothing else', async () => {
    const { state, reconcile } = scene({ a: 'running', b: 'paused', c: 'stopped', d: 'running' }, [
      'c',
      'd',
      'deleted',
    ]);
    await reconcile();
    expect([...state.jobs].sort()).toEqual(['a', 'b', 'd']);
    expect(state.forgotten).toEqual(['deleted']);
  });

  it('heals when every job is gone', async () => {
    const { state, reconcile } = scene({ a: 'running' }, ['a']);
    await reconcile();
    state.jobs.clear();
    await reconcile();
    expect([...state.jobs]).toEqual(['a']);
  });

  it('shows a pipeline as stopped once, and again after it ran', async () => {
    const { state, reconcile } = scene({ a: 'stopped' }, []);
    await reconcile();
    await reconcile();
    expect(state.shown).toEqual(['a']);
    state.pipelines = { a: 'running' };
    await reconcile();
    state.pipelines = { a: 'stopped' };
    await reconcile();
    await reconcile();
    expect(state.shown).toEqual(['a', 'a']);
  });

  it('shows it as stopped once the lease of a worker that died has ended', async () => {
    const { state, reconcile } = scene({ a: 'stopped' }, []);
    state.held.add('a');
    await reconcile();
    expect(state.shown).toEqual([]);
    state.held.clear();
    await reconcile();
    await reconcile();
    expect(state.shown).toEqual(['a']);
  });
});
