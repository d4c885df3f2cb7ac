import { QueryClient } from '@tanstack/react-query';
import { ApiProblem } from '../api/api-problem';

const RETRY_MS = 3_000;

const isRefusal = (error: Error) => error instanceof ApiProblem && error.status < 500;

/** Failures are tried again until they pass; a refusal (4xx) would be the same again. */
export const createQueryClient = () =>
  new QueryClient({
    defaultOptions: { queries: { retry: (_, error) => !isRefusal(error), retryDelay: RETRY_MS } },
  });
