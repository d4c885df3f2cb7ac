/** A problem document (RFC 9457) that the api answered with; `code` is stable, `detail` is for people. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';

  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
  ) {
    super(`${status} ${code}`);
  }

  static async from(response: Response): Promise<ApiProblem> {
    const body: unknown = await response.json().catch(() => null);
    const problem = typeof body === 'object' && body !== null ? body : {};
    return new ApiProblem(
      response.status,
      'code' in problem ? String(problem.code) : 'unknown',
      'detail' in problem ? String(problem.detail) : response.statusText,
    );
  }
}

export const hasCode = (error: unknown, code: string) => error instanceof ApiProblem && error.code === code;

/** What the api said about a failure; undefined when it could not be reached. */
export const detailOf = (error: Error | null) => (error instanceof ApiProblem ? error.detail : undefined);
