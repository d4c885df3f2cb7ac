import createClient from 'openapi-fetch';
import { ApiProblem } from './api-problem';
import type { paths } from './schema';

/** The api of the same origin, typed by its OpenAPI document. Every refusal is thrown as an ApiProblem. */
export const client = createClient<paths, 'application/json'>({
  baseUrl: window.location.origin,
  fetch: (request) => globalThis.fetch(request),
});

client.use({
  async onResponse({ response }) {
    if (!response.ok) throw await ApiProblem.from(response);
  },
});

/** The body of an answer whose refusals have been thrown already. */
export function bodyOf<Body>({ data, response }: { data?: Body; response: Response }): Body {
  if (data === undefined) throw new ApiProblem(response.status, 'no_body', response.statusText);
  return data;
}
