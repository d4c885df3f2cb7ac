import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import type {
  Chart,
  Explanation,
  FoundSong,
  Leaders,
  NumberOne,
  Placement,
  Grain,
  Reconciliation,
  Revisions,
  SongHistory,
  Status,
  Windows,
} from '../api/shapes';
import { makeHistory, makeReconciliation } from './answers';
import { makeRegions } from './builders';

const paths = {
  chart: /\/charts\/(hourly|daily)(\?|$)/,
  history: '*/songs/:song/history',
  windows: '*/windows',
  regions: '*/regions',
  status: '*/status',
  reconciliation: '*/reconciliation',
} as const;
type Asked = keyof typeof paths;

const problem = (status: number, code: string, detail: string) =>
  HttpResponse.json({ type: 'about:blank', title: code, status, code, detail }, { status });

/** An answer that the api has known for some seconds. */
const aged = (seconds: number) => ({ headers: { Age: String(seconds) } });

const never = () => new Promise<undefined>(() => undefined);

export const server = setupServer(
  http.get('*/regions', () => HttpResponse.json({ regions: makeRegions() })),
  http.get('*/songs/:song/history', () => HttpResponse.json(makeHistory([]))),
  http.get('*/songs/:song/placements', () => HttpResponse.json({ placements: [] })),
  http.get('*/reconciliation', () => HttpResponse.json(makeReconciliation([{}]))),
);

/** What the api answers from here on; each returns the addresses that were asked for. */
export const api = {
  never(asked: Asked) {
    server.use(http.get(paths[asked], never));
  },
  unreachable(asked: Asked) {
    return answerWith(paths[asked], () => HttpResponse.error());
  },
  chart(answer: (asked: URL) => Chart, age = 0) {
    return answerWith(paths.chart, (asked) => HttpResponse.json(answer(asked), aged(age)));
  },
  chartProblem(status: number, code: string, detail = 'Something is wrong') {
    return answerWith(paths.chart, () => problem(status, code, detail));
  },
  leaders(answer: (asked: URL) => Leaders) {
    return answerWith('*/charts/:grain/leaders', (asked) => HttpResponse.json(answer(asked)));
  },
  leadersProblem(status: number, code: string) {
    return answerWith('*/charts/:grain/leaders', () => problem(status, code, 'Something is wrong'));
  },
  placements(placements: Placement[]) {
    return answerWith('*/songs/:song/placements', () => HttpResponse.json({ placements }));
  },
  placementsProblem(status: number) {
    return answerWith('*/songs/:song/placements', () =>
      problem(status, 'database_unavailable', 'Postgres is away'),
    );
  },
  numberOnes(answer: (asked: URL) => { region: string; grain: Grain; number_ones: NumberOne[] }) {
    return answerWith('*/charts/:grain/number-ones', (asked) => HttpResponse.json(answer(asked)));
  },
  search(answer: (words: string) => FoundSong[]) {
    return answerWith('*/search', ({ searchParams }) =>
      HttpResponse.json({ songs: answer(searchParams.get('q') ?? '') }),
    );
  },
  windows(windows: Windows['windows']) {
    return answerWith(paths.windows, () => HttpResponse.json({ windows }));
  },
  regions(regions: [region: string, name: string][]) {
    return answerWith(paths.regions, () => HttpResponse.json({ regions: makeRegions(regions) }));
  },
  regionsProblem() {
    return answerWith(paths.regions, () => problem(404, 'not_found', 'No regions'));
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
  revisionsProblem(status: number) {
    return answerWith('*/charts/:grain/revisions', () =>
      problem(status, 'database_unavailable', 'Postgres is away'),
    );
  },
  history(answer: (asked: URL) => SongHistory, age = 0) {
    return answerWith(paths.history, (asked) => HttpResponse.json(answer(asked), aged(age)));
  },
  historyProblem(status: number, code = 'database_unavailable') {
    return answerWith(paths.history, () => problem(status, code, 'Postgres is away'));
  },
  historyProblemIn(region: string, status: number) {
    server.use(
      http.get(paths.history, ({ request }) =>
        new URL(request.url).searchParams.get('region') === region
          ? problem(status, 'database_unavailable', 'Postgres is away')
          : undefined,
      ),
    );
  },
  reconciliation(reconciliation: Reconciliation) {
    return answerWith(paths.reconciliation, () => HttpResponse.json(reconciliation));
  },
  reconciliationProblem(status: number, code: string) {
    return answerWith(paths.reconciliation, () => problem(status, code, 'Something is wrong'));
  },
  windowsProblem(status: number) {
    return answerWith(paths.windows, () => problem(status, 'database_unavailable', 'Postgres is away'));
  },
  status(status: Status, age = 0) {
    return answerWith(paths.status, () => HttpResponse.json(status, aged(age)));
  },
  statusProblem(status: number) {
    return answerWith(paths.status, () => problem(status, 'database_unavailable', 'Postgres is away'));
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
