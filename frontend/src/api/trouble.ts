import type { UseQueryResult } from '@tanstack/react-query';
import { detailOf } from './api-problem';

/** Why an answer does not come at the moment. */
export interface Trouble {
  problem: Error | null;
  /** What the api said; undefined when it could not be reached. */
  detail: string | undefined;
  isOffline: boolean;
}

/** What is wrong with a query; undefined while nothing is, also when it waits for its first answer. */
export function troubleOf(
  asked: Pick<UseQueryResult, 'error' | 'failureReason' | 'fetchStatus'>,
): Trouble | undefined {
  const problem = asked.error ?? asked.failureReason;
  const isOffline = asked.fetchStatus === 'paused';
  return problem || isOffline ? { problem, detail: detailOf(problem), isOffline } : undefined;
}
