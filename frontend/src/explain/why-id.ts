/** The id of the button that opens the explanation of a song. */
export const whyId = (songId: string) => `why-${songId}`;
