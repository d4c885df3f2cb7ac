import { useMutation } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import type { Grain } from '../api/shapes';
import { texts } from '../ui/texts';
import { Popover } from '../ui/popover';
import { windowAt, windowWithUtc } from '../windows/window-names';
import { chartPath } from '../api/chart-path';
import { downloadChartCsv } from './download-chart-csv';
import type { ComputedChart } from './get-chart';

const words = texts.share;
const LINES = 5;

/** Ways to take the chart along. A link to this window comes first: it means the same for whoever opens it. */
export function ShareMenu({ answer, regionName }: { answer: ComputedChart; regionName: string }) {
  return (
    <Popover kind="dialog" align="right" className="control" label={<ShareLabel />}>
      {() => <Ways answer={answer} regionName={regionName} />}
    </Popover>
  );
}

const ShareLabel = () => (
  <>
    <svg
      aria-hidden
      viewBox="0 0 20 20"
      className="w-5 sm:hidden"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
    >
      <path d="M10 12V3m0 0L6.5 6.5M10 3l3.5 3.5M4 11v5h12v-5" />
    </svg>
    <span className="max-sm:sr-only">{words.share}</span>
  </>
);

function Ways({ answer, regionName }: { answer: ComputedChart; regionName: string }) {
  const { region, grain, window_start } = answer.chart;
  const [said, setSaid] = useState('');
  const router = useRouter();
  const window = windowAt(window_start, grain);
  const addressOf = (shown: string | undefined) =>
    new URL(router.buildLocation({ to: '/', search: { region, grain, window: shown } }).href, location.origin)
      .href;
  const copy = (text: string) =>
    navigator.clipboard.writeText(text).then(
      () => setSaid(words.copied),
      () => setSaid(words.copyFailed),
    );
  const asText = () => {
    const songs = answer.entries.slice(0, LINES);
    const headline = words.headline(texts.charts.inRegion(regionName), windowWithUtc(window_start, grain));
    const lines = songs.map(({ rank, title, artist }) => words.line(rank, title, artist));
    return [headline, ...lines, addressOf(window)].join('\n');
  };
  const csv = useMutation({
    mutationFn: () => downloadChartCsv({ region, grain, window }),
    onSuccess: (blob) => save(blob, `top-songs-${region}-${window.replaceAll(':', '')}.csv`),
    onError: () => setSaid(words.csvFailed),
  });
  return (
    <div role="dialog" aria-label={words.share} className="grid p-1.5">
      <Way name={words.fixed[grain]} hint={words.fixedHint} onChoose={() => void copy(addressOf(window))} />
      <Way name={words.newest} hint={words.newestHint} onChoose={() => void copy(addressOf(undefined))} />
      <Way name={words.text} hint={words.textHint} onChoose={() => void copy(asText())} />
      <Way name={words.csv} hint={words.csvHint} onChoose={() => csv.mutate()} />
      <Way name={words.embed} hint={words.embedHint} onChoose={() => void copy(frameOf(region, grain))} />
      <WayTo name={words.picture} hint={words.pictureHint} href={cardOf(region, grain, window_start)} />
      <WayTo
        name={words.feed}
        hint={words.feedHint}
        href={`/charts/${chartPath[grain]}/feed?region=${region}`}
      />
      <p role="status" className="min-h-8 px-3 py-1.5 text-sm text-quiet">
        {said}
      </p>
    </div>
  );
}

/** What another site puts into its page; the script makes the frame as high as the chart. */
const frameOf = (region: string, grain: Grain) =>
  [
    `<iframe src="${location.origin}/embed?region=${region}&grain=${grain}"`,
    ` title="Top Songs" width="600" height="670" style="border:0;max-width:100%"></iframe>\n`,
    `<script src="${location.origin}/embed.js" async></script>`,
  ].join('');

const cardOf = (region: string, grain: Grain, start: string) =>
  `/charts/${chartPath[grain]}/card?region=${region}&window_start=${start}`;

function WayTo({ name, hint, href }: { name: string; hint: string; href: string }) {
  return (
    <a href={href} target="_blank" rel="noopener" className="rounded-lg px-3 py-2 text-left hover:bg-tint">
      <span className="block text-sm font-semibold">{name}</span>
      <span className="block text-xs text-quiet">{hint}</span>
    </a>
  );
}

function Way({ name, hint, onChoose }: { name: string; hint: string; onChoose: () => void }) {
  return (
    <button type="button" onClick={onChoose} className="rounded-lg px-3 py-2 text-left hover:bg-tint">
      <span className="block text-sm font-semibold">{name}</span>
      <span className="block text-xs text-quiet">{hint}</span>
    </button>
  );
}

function save(blob: Blob, name: string) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
}
