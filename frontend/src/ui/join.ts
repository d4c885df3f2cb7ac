/** What there is of these parts, in one line. */
export const join = (parts: (string | false | undefined)[]) => parts.filter(Boolean).join(' · ');
