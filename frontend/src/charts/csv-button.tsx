import { useMutation } from '@tanstack/react-query';
import { english } from '../ui/english';
import type { ChartView } from './chart-search';
import { downloadChartCsv } from './download-chart-csv';

function save(blob: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}

/** Downloads the shown window, up to 100 songs, as a file named after it. */
export function CsvButton({ view }: { view: ChartView & { window: string } }) {
  const { mutate, isPending, isError } = useMutation({
    mutationFn: () => downloadChartCsv(view),
    onSuccess: (blob) => save(blob, `top-songs-${view.region}-${view.window.replaceAll(':', '')}.csv`),
  });
  return (
    <>
      {isError && (
        <span role="alert" className="text-sm text-bad">
          {english.charts.csvFailed}
        </span>
      )}
      <button
        type="button"
        className="control"
        disabled={isPending}
        title={english.charts.csvLong}
        onClick={() => mutate()}
      >
        {english.charts.csv}
      </button>
    </>
  );
}
