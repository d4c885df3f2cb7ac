/** How an hour or a day is called. */
export const windows = {
  range: (from: string, to: string) => `${from}–${to}`,
  utc: (time: string) => `${time} UTC`,
  onDay: (hour: string, day: string) => `${hour}, ${day}`,
  beside: (local: string, utc: string) => `${local} (${utc})`,
  utcDay: 'Tag in UTC',
  utcDayHere: (from: string, to: string) => `Tag in UTC, hier ${from} – ${to}`,
  choose: 'Andere Stunde oder anderen Tag wählen',
  today: 'heute',
};
