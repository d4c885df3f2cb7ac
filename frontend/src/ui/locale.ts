/** The one locale of every number, date and name: that of the words around them. */
export const LOCALE = 'en-GB';
