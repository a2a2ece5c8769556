// Letters that look alike though they are not the same, after the confusables of Unicode's technical standard 39: those of Latin, Greek, Cyrillic and Armenian, and the wide and
// mathematical forms, which compatibility normalisation brings back. Greek letters that look like no Latin one (τ, Θ, σ, …) are themselves.

const PAIRS =
  "аa еe оo рp сc уy хx іi јj ѕs ԁd ԛq ԝw һh ӏl ɡg ɑa АA ВB ЕE ЅS ІI ЈJ КK МM НH ОO РP СC ТT УY ХX ԌG ԚQ ԜW ѴV ѵv ɩι " +
  "ΑA ΒB ΕE ΖZ ΗH ΙI ΚK ΜM ΝN ΟO ΡP ΤT ΥY ΧX οo νv ϲc ϳj ϒY υu " +
  "ՏS ոn սu օo հh ցg քp";

const SKELETON: ReadonlyMap<string, string> = new Map(PAIRS.split(" ").map((pair) => [...pair] as [string, string]));

const ASCII = /^[\x20-\x7E]*$/;

/** Two names that look the same have the same skeleton. */
export function skeleton(name: string): string {
  if (ASCII.test(name)) return name;
  // Subscript digits are letters of their own here: `k₁` is not `k1`.
  return [...name]
    .map(
      (c) =>
        SKELETON.get(c) ??
        (/[\u2080-\u209C\u00B2\u00B3\u00B9\u2070-\u207F]/u.test(c)
          ? c
          : (SKELETON.get(c.normalize("NFKC")) ?? c.normalize("NFKC"))),
    )
    .join("");
}

/** The name among these that looks like this one and is another; null where there is none. */
export function looksLike(name: string, candidates: Iterable<string>): string | null {
  const own = skeleton(name);
  for (const candidate of candidates) if (candidate !== name && skeleton(candidate) === own) return candidate;
  return null;
}

/** "`а` is U+0430, not `a`, U+0061": the first letters in which two names differ that look the same. */
export function codeOf(name: string, other: string): string {
  const [a, b] = [[...name], [...other]];
  const k = Math.max(
    0,
    a.findIndex((c, i) => c !== b[i]),
  );
  return `the \`${a[k] ?? ""}\` of \`${name}\` is ${codePoint(a[k] ?? "")}, that of \`${other}\` is ${codePoint(b[k] ?? "")}`;
}

/** "U+212A" of a character that only looks like the one it stands for in compatibility normalisation; null of any other text. */
export function looksNormal(text: string, meant: string): string | null {
  return text !== meant && text.normalize("NFKC") === meant
    ? [...text]
        .filter((c) => c.normalize("NFKC") !== c)
        .map(codePoint)
        .join(", ")
    : null;
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** Letters of another script than Latin that look like Latin ones, in a name that has Latin letters as well. */
export function strangersIn(name: string): readonly string[] {
  const letters = [...name];
  return letters.some((c) => /\p{Script=Latin}/u.test(c))
    ? letters.filter((c) => SKELETON.has(c) && /[\p{Script=Cyrillic}\p{Script=Armenian}]/u.test(c))
    : [];
}
