// Names that nobody reads to their end: a name or a token may be a megabyte, and every table and message that says it would be as long.

/** Words are cut to this. */
const LONGEST_WORD = 120;

/** The text with its longest words cut in the middle. Paths and sums of names stay whole. */
export function shortWords(text: string): string {
  return text.length <= LONGEST_WORD
    ? text
    : text.replace(
        TOO_LONG,
        (word) => `${[...word.slice(0, 60)].slice(0, -1).join("")}…${[...word.slice(-30)].slice(1).join("")}`,
      );
}

/** The text if it has at most so many letters, else its beginning and `…`. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

const TOO_LONG = new RegExp(`[^\\s/\\\\]{${LONGEST_WORD + 1},}`, "gu");
