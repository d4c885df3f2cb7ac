import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import type { Chart, Status, Windows } from '../api/shapes';
import { makeRegions } from './builders';

const problem = (status: number, code: string, detail: string) =>
  HttpResponse.json({ type: 'about:blank', title: code, status, code, detail }, { status });

export const server = setupServer(http.get('*/regions', () => HttpResponse.json({ regions: makeRegions() })));

/** What the api answers from here on; each returns the addresses that were asked for. */
export const api = {
  chart(answer: (asked: URL) => Chart) {
    return answerWith(/\/charts\/(hourly|daily)/, (asked) => HttpResponse.json(answer(asked)));
  },
  chartProblem(status: number, code: string, detail = 'Something is wrong') {
    return answerWith(/\/charts\/(hourly|daily)/, () => problem(status, code, detail));
  },
  chartUnreachable() {
    return answerWith(/\/charts\/(hourly|daily)/, () => HttpResponse.error());
  },
  chartNever() {
    server.use(http.get(/\/charts\/(hourly|daily)/, () => new Promise(() => undefined)));
  },
  windows(windows: Windows['windows']) {
    return answerWith('*/windows', () => HttpResponse.json({ windows }));
  },
  regionsProblem() {
    return answerWith('*/regions', () => problem(404, 'not_found', 'No regions'));
  },
  status(status: Status) {
    return answerWith('*/status', () => HttpResponse.json(status));
  },
  statusProblem(status: number) {
    return answerWith('*/status', () => problem(status, 'database_away', 'Postgres is away'));
  },
};

function answerWith(path: string | RegExp, answer: (asked: URL) => Response) {
  const asked: Request[] = [];
  server.use(
    http.get(path, ({ request }) => {
      asked.push(request.clone());
      return answer(new URL(request.url));
    }),
  );
  return asked;
}
