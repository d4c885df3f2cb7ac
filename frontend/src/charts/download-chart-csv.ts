import { bodyOf, client } from '../api/client';
import type { ChartView } from './chart-search';

const asCsv = { headers: { Accept: 'text/csv' }, parseAs: 'blob' } as const;

/** The whole chart as the api writes it in CSV. */
export async function downloadChartCsv({ region, grain, window }: ChartView): Promise<Blob> {
  const answer =
    grain === 'day'
      ? await client.GET('/charts/daily', { params: { query: { region, date: window } }, ...asCsv })
      : await client.GET('/charts/hourly', { params: { query: { region, hour: window } }, ...asCsv });
  return bodyOf<Blob>(answer);
}
