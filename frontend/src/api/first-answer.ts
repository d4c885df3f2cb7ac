/** An answer that public/first.js asked for while this code was still loading. */
interface FirstAnswer {
  url: string;
  answer: Promise<Response>;
}

declare global {
  var firstAnswer: FirstAnswer | undefined;
}

/** The answer to an address that has been asked for already; each is taken once. */
export function takeFirstAnswer(url: string): Promise<Response> | undefined {
  const first = globalThis.firstAnswer;
  if (first?.url !== url) return undefined;
  globalThis.firstAnswer = undefined;
  return first.answer;
}
