/** How an hour or a day is called. */
export const windows = {
  range: (from: string, to: string) => `${from}–${to}`,
  utc: (time: string) => `${time} UTC`,
  onDay: (hour: string, day: string) => `${hour}, ${day}`,
  beside: (local: string, utc: string) => `${local} (${utc})`,
  utcDay: 'día UTC',
  utcDayHere: (from: string, to: string) => `día UTC, aquí ${from} – ${to}`,
  choose: 'Elegir otra hora u otro día',
  today: 'hoy',
};
