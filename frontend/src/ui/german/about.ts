/** What the page about the site says. */
export const about = {
  title: 'Über Top Songs',
  intro: 'Top-Songs nach Region, Stunde und Tag, Sekunden nachdem sie gespielt wurden.',
  sections: [
    [
      'sources',
      'Woher die Zahlen kommen',
      'Jede Zahl ist aus dem gezählt, was Musik-Apps, Scrobbler und Importe an diese Seite senden. Nichts ist geschätzt, gewichtet oder gekauft. Wer zugehört hat, wird nie veröffentlicht.',
    ],
    [
      'sure',
      'Wie sicher sie sind',
      'Eine Stunde wird gezählt, während sie läuft, und nach ihrem Ende noch einmal aus allem Gespeicherten. Beide Zählungen müssen übereinstimmen. Charts, die sich später ändern, sagen es, und jede frühere Fassung bleibt lesbar.',
    ],
    [
      'cite',
      'Wie man Charts zitiert',
      'Unter „Teilen“ den „Link zu dieser Stunde kopieren“ oder den „Link zu diesem Tag kopieren“: Er zeigt für immer dieselben Charts. Dazu Top Songs, die Region und die Zeit in UTC nennen.',
    ],
    [
      'licence',
      'Lizenz',
      'Die Software steht unter der Apache-Lizenz 2.0. Wie die Zahlen dieser Seite verwendet werden dürfen, sagen die, die sie betreiben.',
    ],
  ],
} as const;
