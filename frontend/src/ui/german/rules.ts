/** What the page of rules says; each section can be linked to by its name. */
export const rules = {
  title: 'So wird gezählt',
  intro:
    'Jede Zahl der Charts folgt aus diesen Regeln. Eine Zahl oder „Warum?“ drücken, um sie angewandt zu sehen.',
  contents: 'Regeln',
  sections: [
    [
      'plays',
      'Einmal gespielt',
      'Eine Person hat einen Song einmal gespielt. Schreibweisen, die sich nur in Groß- und Kleinschreibung, Zeichenbreite oder Leerzeichen unterscheiden, sind derselbe Song.',
    ],
    [
      'copies',
      'Doppelt gesendet',
      'Programme senden noch einmal, wenn sie nicht sicher sind, dass es ankam. Ein zweites Mal mit derselben Kennung, Person und Zeit ist ein Duplikat: Es wird aussortiert, egal wie alt, und zählt nie.',
    ],
    [
      'length',
      'Zu kurz',
      'Gezählt wird, was mindestens 30 Sekunden gehört wurde. Sagt das Programm nicht, wie lange, zählt es.',
    ],
    [
      'limit',
      'Grenze pro Person',
      'Hört eine Person einen Song in einer Stunde und Region, zählt das höchstens 10-mal. Ein einzelner Fan kann einen Song nicht allein heben. Die Zahl ist dieselbe, in welcher Reihenfolge auch immer alles ankommt.',
    ],
    [
      'late',
      'Verspätet',
      'Was mehr als 10 Minuten nach dem Ende seiner Stunde ankommt, ist verspätet. Es zählt trotzdem, in der Stunde, in der es gespielt wurde.',
    ],
    [
      'sums',
      'Stunden, Tage, weltweit',
      'Gezählt werden Stunden; ein Tag ist die Summe seiner Stunden, und weltweit die Summe aller Regionen. Personen lassen sich nicht addieren, deshalb werden sie für alle Charts eigens gezählt.',
    ],
    [
      'order',
      'Reihenfolge',
      'Öfter gespielt steht weiter oben; bei Gleichstand von mehr Personen gehört; dann der Song, der zuletzt früher gespielt wurde. Keine zwei Songs teilen einen Platz.',
    ],
    [
      'few',
      'Wenige Hörer',
      'Ein Song, den in einer Stunde oder an einem Tag wenige Personen gespielt haben, wird dort nicht gezeigt, weder weltweit noch in einer Region, damit keine Charts verraten, was eine einzelne Person gehört hat. Auch in den Summen fehlt er. Die Charts sagen, ab wie vielen Personen sie einen Song zeigen.',
    ],
    [
      'movement',
      'Bewegung, beste Platzierung und Serie',
      'Die Bewegung vergleicht mit der Stunde oder dem Tag davor. „Neu“ war noch nie in diesen Charts, „zurück“ schon, aber nicht direkt davor. „Beste“ ist der bisher beste Platz; eine Serie endet mit der ersten Stunde oder dem ersten Tag ohne den Song.',
    ],
    [
      'final',
      'Wird noch gezählt, endgültig, korrigiert',
      'Charts sind endgültig, sobald alles bis 10 Minuten nach ihrem Ende gezählt ist und 10 Minuten lang nichts mehr kam. Was danach noch kommt, korrigiert sie: Es gibt eine neue Fassung, und die frühere bleibt lesbar.',
    ],
    [
      'fresh',
      'Gezählt bis',
      'Alles, was vor dieser Zeit angenommen wurde, ist in den Charts. Charts sind „zurück“, wenn das mehr als eine Minute her ist und die Stunde oder der Tag noch läuft.',
    ],
  ],
} as const;
