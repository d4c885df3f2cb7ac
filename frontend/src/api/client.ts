import createClient from 'openapi-fetch';
import { ApiProblem } from './api-problem';
import { takeFirstAnswer } from './first-answer';
import type { paths } from './schema';

// What the browser keeps may be older than the update that made the page ask; the api answers 304 when it is not.
const ask = (request: Request) => globalThis.fetch(request, { cache: 'no-cache' });

/** The api of the same origin, typed by its OpenAPI document. Every refusal is thrown as an ApiProblem. */
export const client = createClient<paths, 'application/json'>({
  baseUrl: window.location.origin,
  fetch: (request) => takeFirstAnswer(request.url)?.catch(() => ask(request)) ?? ask(request),
});

client.use({
  async onResponse({ response }) {
    if (!response.ok) throw await ApiProblem.from(response);
  },
});

/** What the api answered and for how many seconds it has known it: while Postgres is away it repeats itself. */
export type Aged<Body> = Body & {
  age: number;
  /** Whether this device kept it, as the network is away. */
  isKept?: boolean;
};

export const agedBodyOf = <Body extends object>(answer: { data?: Body; response: Response }): Aged<Body> => ({
  ...bodyOf(answer),
  age: Number(answer.response.headers.get('Age') ?? 0),
  isKept: answer.response.headers.has('X-Kept'),
});

/** The body of an answer whose refusals have been thrown already. */
export function bodyOf<Body>({ data, response }: { data?: Body; response: Response }): Body {
  if (data === undefined) throw new ApiProblem(response.status, 'no_body', response.statusText);
  return data;
}
