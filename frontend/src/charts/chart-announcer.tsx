import { useEffect, useRef, useState } from 'react';
import { texts } from '../ui/texts';
import { windowTitle } from '../windows/window-names';
import { saysChanges } from './announcing';
import type { ComputedChart } from './get-chart';

const QUIET_MS = 15_000;
const SAID = 3;
const words = texts.announced;

interface Heard {
  chart: string;
  at: number;
  top: string[];
}

const keyOf = ({ chart }: ComputedChart) => `${chart.region} ${chart.grain} ${chart.window_start}`;
const topOf = ({ entries }: ComputedChart) => entries.slice(0, SAID).map(({ song_id }) => song_id);

function introduce({ chart, entries: [first] }: ComputedChart, regionName: string) {
  const window = `${regionName}, ${windowTitle(chart.window_start, chart.grain)}`;
  return first ? words.chart(window, first.title, first.artist) : words.none(window);
}

/** What is to be said of a newer answer; nothing when the first three stayed or were said just now. */
function sayOf(answer: ComputedChart, heard: Heard, regionName: string) {
  if (keyOf(answer) !== heard.chart) return introduce(answer, regionName);
  if (!saysChanges() || answer.servedAt - heard.at < QUIET_MS) return undefined;
  const moved = answer.entries.slice(0, SAID).find(({ song_id }, place) => song_id !== heard.top[place]);
  return moved && words.moved(moved.rank, moved.title);
}

interface ChartAnnouncerProps {
  /** Undefined while another chart loads. */
  answer: ComputedChart | undefined;
  regionName: string;
}

/** Tells screen readers which chart has appeared, and while it is live who came to the first three. */
export function ChartAnnouncer({ answer, regionName }: ChartAnnouncerProps) {
  const [sentence, setSentence] = useState('');
  const heard = useRef<Heard>(undefined);
  useEffect(() => {
    if (answer === undefined) return;
    const before = heard.current;
    // The first chart of the page is read with the page.
    const said = before && sayOf(answer, before, regionName);
    if (before !== undefined && said === undefined) return;
    heard.current = { chart: keyOf(answer), at: answer.servedAt, top: topOf(answer) };
    if (said !== undefined) setSentence(said);
  }, [answer, regionName]);
  return (
    <p role="status" className="sr-only">
      {sentence}
    </p>
  );
}
