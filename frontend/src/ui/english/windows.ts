/** How an hour or a day is called. */
export const windows = {
  range: (from: string, to: string) => `${from}–${to}`,
  utc: (time: string) => `${time} UTC`,
  onDay: (hour: string, day: string) => `${hour}, ${day}`,
  beside: (local: string, utc: string) => `${local} (${utc})`,
  utcDay: 'UTC day',
  utcDayHere: (from: string, to: string) => `UTC day, ${from} – ${to} your time`,
  choose: 'Choose another hour or day',
  today: 'today',
} as const;
