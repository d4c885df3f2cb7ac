import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import type {
  Chart,
  Explanation,
  Reconciliation,
  Revisions,
  SongHistory,
  Status,
  Windows,
} from '../api/shapes';
import { makeReconciliation } from './answers';
import { makeRegions } from './builders';

const charts = /\/charts\/(hourly|daily)(\?|$)/;

const problem = (status: number, code: string, detail: string) =>
  HttpResponse.json({ type: 'about:blank', title: code, status, code, detail }, { status });

const never = () => new Promise<undefined>(() => undefined);

export const server = setupServer(
  http.get('*/regions', () => HttpResponse.json({ regions: makeRegions() })),
  http.get('*/reconciliation', () => HttpResponse.json(makeReconciliation([{}]))),
);

/** What the api answers from here on; each returns the addresses that were asked for. */
export const api = {
  chart(answer: (asked: URL) => Chart) {
    return answerWith(charts, (asked) => HttpResponse.json(answer(asked)));
  },
  chartProblem(status: number, code: string, detail = 'Something is wrong') {
    return answerWith(charts, () => problem(status, code, detail));
  },
  chartUnreachable() {
    return answerWith(charts, () => HttpResponse.error());
  },
  chartNever() {
    server.use(http.get(charts, never));
  },
  windows(windows: Windows['windows']) {
    return answerWith('*/windows', () => HttpResponse.json({ windows }));
  },
  regionsProblem() {
    return answerWith('*/regions', () => problem(404, 'not_found', 'No regions'));
  },
  explanation(answer: (asked: URL) => Explanation) {
    return answerWith('*/charts/:grain/explain', (asked) => HttpResponse.json(answer(asked)));
  },
  explanationProblem(status: number, code: string) {
    return answerWith('*/charts/:grain/explain', () => problem(status, code, 'Something is wrong'));
  },
  revisions(revisions: Revisions['revisions']) {
    return answerWith('*/charts/:grain/revisions', () => HttpResponse.json({ revisions }));
  },
  history(answer: (asked: URL) => SongHistory) {
    return answerWith('*/songs/:song/history', (asked) => HttpResponse.json(answer(asked)));
  },
  historyProblem(status: number) {
    return answerWith('*/songs/:song/history', () => problem(status, 'database_away', 'Postgres is away'));
  },
  historyNever() {
    server.use(http.get('*/songs/:song/history', never));
  },
  historyProblemIn(region: string, status: number) {
    server.use(
      http.get('*/songs/:song/history', ({ request }) =>
        new URL(request.url).searchParams.get('region') === region
          ? problem(status, 'database_away', 'Postgres is away')
          : undefined,
      ),
    );
  },
  reconciliation(reconciliation: Reconciliation) {
    return answerWith('*/reconciliation', () => HttpResponse.json(reconciliation));
  },
  reconciliationProblem(status: number, code: string) {
    return answerWith('*/reconciliation', () => problem(status, code, 'Something is wrong'));
  },
  windowsProblem(status: number) {
    return answerWith('*/windows', () => problem(status, 'database_away', 'Postgres is away'));
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
