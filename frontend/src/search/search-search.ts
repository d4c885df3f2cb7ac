/** What the address of the search says. */
export interface SongSearchText {
  q?: string;
}

const LONGEST = 100;

/** Words with one space between them, as many characters as the api takes; none for nothing but spaces. */
export const tidy = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, LONGEST) || undefined;

// The router reads a number in an address as one.
export const parseSearchText = ({ q }: Record<string, unknown>): SongSearchText => ({
  q: typeof q === 'string' || typeof q === 'number' ? tidy(String(q)) : undefined,
});
