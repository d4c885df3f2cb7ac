import { formatCount } from '../numbers';

const oneDecimal = new Intl.NumberFormat('de', { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** What the pipeline page says. */
export const status = {
  title: 'Ist alles aktuell?',
  intro: 'Alles Gespielte durchläuft diese Stufen. Jede sagt, wie weit sie hinter der vorigen liegt.',
  completeThrough: (time: string, ago: string) =>
    `Die Charts enthalten alles, was vor ${time} angenommen wurde, ${ago}.`,
  notYet: 'Noch keine Charts berechnet.',
  stages: 'Stufen',
  stage: {
    ingest: ['Ingest', 'nimmt über HTTP an'],
    kafka: ['Kafka', 'hält die Reihenfolge'],
    live: ['Live', 'zählt offene Charts jede Sekunde'],
    bronze: ['Bronze', 'speichert jeden Wert'],
    silver: ['Silver', 'eine Zeile für jedes Mal'],
    counts: ['Counts', 'Zahlen nach Stunde und Tag'],
    charts: ['Charts', 'ordnet die Songs'],
  },
  word: { ok: 'Pünktlich', late: 'Verspätet', down: 'Ausgefallen' },
  lag: 'Rückstand',
  behind: 'Noch offen',
  lastSuccess: 'Letzter Erfolg',
  lastError: 'Letzter Fehler',
  unknown: 'unbekannt',
  never: 'nie',
  seconds: (seconds: number) => `${seconds < 10 ? oneDecimal.format(seconds) : formatCount(seconds)} s`,
  checks: 'Prüfungen',
  checksIntro: 'Was für die Zahlen gelten muss, in jeder Runde geprüft.',
  check: 'Prüfung',
  result: 'Ergebnis',
  checkedAt: 'Geprüft',
  holds: 'Geht auf',
  broken: 'Geht nicht auf',
  noChecks: 'Noch keine Prüfung gelaufen.',
  links: 'Genauer hinsehen',
  prefect: ['Prefect', 'jeder Lauf, mit seinem Log'],
  lineage: ['Herkunft', 'die Modelle von den Zahlen zu den Charts'],
  docs: ['API-Dokumentation', 'jede Anfrage und ihre Antwort'],
  failed: 'Der Zustand konnte nicht geladen werden',
  loading: 'Der Zustand wird geladen',
} as const;
