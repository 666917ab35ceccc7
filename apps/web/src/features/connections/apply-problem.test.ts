import { expect, it, vi } from 'vitest';
import type { ProblemView } from '../api/problem.ts';
import { applyProblem } from './apply-problem.ts';
import { type ClusterForm, clusterFieldOf } from './cluster-form-model.ts';

const problem = (code: string, ...paths: string[]): ProblemView => ({
  code,
  message: 'No.',
  why: 'It is so.',
  remedy: 'Do this.',
  retriable: false,
  fields: paths.map((path) => ({ path, message: `${path} is wrong` })),
  status: 422,
  requestId: null,
});

function apply(shown: ProblemView) {
  const setError = vi.fn();
  const left = applyProblem<ClusterForm>({ problem: shown, setError, place: clusterFieldOf });
  return { left, placed: setError.mock.calls.map(([path, , { shouldFocus }]) => [path, shouldFocus]) };
}

it('puts what the server refused at its fields and focuses the first', () => {
  const { left, placed } = apply(problem('VALIDATION_FAILED', 'connection.brokers.1', 'name'));
  expect(placed).toEqual([
    ['brokers', true],
    ['name', false],
  ]);
  expect(left).toBeNull();
});

it('keeps in sight what the fields do not say', () => {
  const unplaced = problem('VALIDATION_FAILED', 'name', 'elsewhere');
  expect(apply(unplaced)).toMatchObject({ left: unplaced, placed: [['name', true]] });
  const refused = problem('KAFKA_AUTHENTICATION_FAILED', 'connection.sasl');
  expect(apply(refused)).toMatchObject({ left: refused, placed: [['mechanism', true]] });
  const broken = problem('INTERNAL_ERROR');
  expect(apply(broken)).toMatchObject({ left: broken, placed: [] });
});
