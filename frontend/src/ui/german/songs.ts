import { formatCount } from '../numbers';
import { count, join } from './phrases';

const rows = { hour: ['Stunde', 'Stunden'], day: ['Tag', 'Tage'] } as const;

/** What a song's page says. */
export const songs = {
  documentTitle: (title: string, region: string) => join([title, region, 'Top Songs']),
  loading: 'Der Song wird geladen',
  failed: 'Der Song konnte nicht geladen werden',
  backToChart: 'Zurück zu den Charts',
  summary: (
    entered: number | undefined,
    peak: number,
    peakAt: string,
    onChart: number,
    grain: 'hour' | 'day',
  ) =>
    `${entered === undefined ? '' : `Eingestiegen auf ${entered}, `}bester Platz ${peak} (${peakAt}), ${count(onChart, rows[grain][0], rows[grain][1])} in den Charts.`,
  last: (window: string, rank: number) => `Zuletzt auf ${rank}: ${window}.`,
  rankTitle: { hour: 'Platz, Stunde für Stunde', day: 'Platz, Tag für Tag' },
  rank: 'Platz',
  plays: 'Gespielt',
  listeners: 'Hörer',
  movement: 'Bewegung',
  window: { hour: 'Stunde', day: 'Tag (UTC)' },
  legend: 'Linie: Platz, Säulen: wie oft gespielt.',
  gap: 'Eine Lücke in der Linie: dann nicht unter den ersten 100.',
  newest: (shown: number, grain: 'hour' | 'day') => `Die neuesten ${formatCount(shown)} ${rows[grain][1]}.`,
  chartSummary: (windowsShown: string, first: string, last: string) =>
    `Eine Linie der Plätze von ${first} bis ${last}, Platz 1 oben, darunter als Säulen, wie oft gespielt wurde. ${windowsShown}`,
  showTable: 'Als Tabelle zeigen',
  hideTable: 'Tabelle ausblenden',
  tableCaption: (title: string, region: string) =>
    `${title}: jedes Mal in den Charts (${region}), Neuestes zuerst`,
  regions: 'Wo er in den Charts ist',
  region: 'Region',
  regionsIntro: (window: string) => `${window}: alle Charts mit diesem Song, bester Platz zuerst.`,
  regionsFailed: 'Die Regionen konnten nicht geladen werden.',
  placed: (rank: number) => `Platz ${rank}`,
  entered: 'Eingestiegen',
  bestPlace: 'Bester Platz',
  mostPlayed: 'Am meisten gespielt',
  led: 'Platz 1 für',
  ledFor: (number: number, grain: 'hour' | 'day') => count(number, rows[grain][0], rows[grain][1]),
  regionPlays: (plays: number) => `${formatCount(plays)}-mal gespielt`,
  absent: (where: string) => `${where.replace(/^./, (first) => first.toUpperCase())} noch in keinen Charts`,
  absentDetail: 'Oben eine andere Region wählen oder sehen, wie er weltweit steht.',
  toGlobal: 'Den Song weltweit sehen',
  unknown: 'Keine Charts haben diesen Song',
  unknownDetail: 'Vielleicht ist der Link abgeschnitten, oder der Song war nie unter den ersten 100.',
};
