// The sections of an Axon binary file of version 2: each has its place, the size of its entries and their number, and what in these contradicts the file is told.
import { present } from "../base/invariant.ts";
import { latin1, type Bytes } from "./bytes.ts";
import { BadInstrumentFile } from "./instrument.ts";

const BLOCK = 512;

/** In the order of the header, 16 bytes each from byte 76 on. The size of an entry is bytes; null where it differs. */
const SECTIONS = {
  protocol: { what: "the protocol", entry: 512 },
  adc: { what: "the channels", entry: 128 },
  dac: { what: "the commands", entry: 256 },
  digital: { what: "the digital outputs", entry: 32 },
  channelsOfCommands: { what: "the channels of commands", entry: null },
  epochs: { what: "the epochs", entry: 48 },
  userList: { what: "the lists of the user", entry: 64 },
  statistics: { what: "the regions of statistics", entry: 128 },
  mathematics: { what: "the computed channels", entry: null },
  strings: { what: "the texts", entry: null },
  data: { what: "the samples", entry: null },
  tags: { what: "the tags", entry: 64 },
  scope: { what: "the settings of the display", entry: null },
  deltas: { what: "the changes while it was recorded", entry: null },
  voiceTags: { what: "the spoken tags", entry: null },
  sweeps: { what: "the list of sweeps", entry: 8 },
} as const;

type SectionName = keyof typeof SECTIONS;

/** What reaches into each other in files that pCLAMP has written. */
const LOOSE: ReadonlySet<SectionName> = new Set(["statistics", "scope", "strings"]);
/** What is filled with zeros up to the end of its last block. */
const FILLED: ReadonlySet<SectionName> = new Set(["adc", "dac", "epochs", "userList"]);

export interface Section {
  readonly at: number;
  readonly entry: number;
  readonly count: number;
}

interface Placed extends Section {
  readonly name: SectionName;
  readonly what: string;
  /** The byte of the header at which it is described. */
  readonly head: number;
  readonly end: number;
}

/** @throws BadInstrumentFile */
export function abf2Sections(bytes: Bytes): (name: SectionName) => Section {
  const names = Object.keys(SECTIONS) as SectionName[];
  const all = names.map((name, k) => sectionAt(bytes, name, 76 + 16 * k));
  const placed = all.filter((s) => s.count > 0).sort((a, b) => a.at - b.at || a.head - b.head);
  for (const [k, section] of placed.entries()) {
    const { name, what, head, end } = section;
    for (const other of placed.slice(k + 1)) {
      if (other.at >= end) break;
      if (!LOOSE.has(name) || !LOOSE.has(other.name))
        throw new BadInstrumentFile(
          `at byte ${other.head}: the place of ${other.what} was expected behind ${what} of byte ${head}; it is inside of them`,
        );
    }
    if (!FILLED.has(name)) continue;
    const rest = bytes.slice(end, Math.min(Math.ceil(end / BLOCK) * BLOCK, bytes.length) - end, "zeros were");
    const more = rest.findIndex((byte) => byte !== 0);
    if (more >= 0)
      throw new BadInstrumentFile(
        `at byte ${head + 8}: the number of ${what} was expected; it is ${section.count}, but there is more at byte ${end + more}`,
      );
  }
  return (name) => present(all[names.indexOf(name)], name);
}

function sectionAt(bytes: Bytes, name: SectionName, head: number): Placed {
  const { what, entry: expected } = SECTIONS[name];
  const at = bytes.uint32(head, `the place of ${what} was`) * BLOCK;
  const entry = bytes.uint32(head + 4, `the size of ${what} was`);
  const [low, high] = [
    bytes.uint32(head + 8, `the number of ${what} was`),
    bytes.uint32(head + 12, `the number of ${what} was`),
  ];
  const count = low + high * 2 ** 32;
  if (count > 0 ? at === 0 : at !== 0)
    throw new BadInstrumentFile(
      count > 0
        ? `at byte ${head}: the place of ${what} was expected; the file names none`
        : `at byte ${head + 8}: the number of ${what} was expected; it is 0, although they have a place`,
    );
  if (count > 0 && expected !== null && entry !== expected)
    throw new BadInstrumentFile(
      `at byte ${head + 4}: the size of each of ${what} was expected, ${expected}; it is ${entry}`,
    );
  const end = at + (name === "strings" ? entry : entry * count);
  if (count > 0 && end > bytes.length)
    throw new BadInstrumentFile(
      `at byte ${head}: ${what} up to byte ${end} expected, but the file has ${bytes.length}`,
    );
  return { name, what, head, at, entry, count, end };
}

/** The texts that others refer to by number: their head says how many there are and how long they are together, and a zero stands behind each. Number 0 is none. */
export function abf2Texts(bytes: Bytes, { at, entry, count }: Section): readonly string[] {
  if (count === 0) return [];
  const [number, length] = [
    bytes.uint32(at + 8, "the number of texts was"),
    bytes.uint32(at + 16, "the length of the texts was"),
  ];
  if (latin1(bytes.slice(at, 4, "the head of the texts was")) !== "SSCH" || number !== count || length + 44 !== entry)
    throw new BadInstrumentFile(
      `at byte 220: the texts were expected, ${count} in ${entry} bytes; at byte ${at} there are none, or others`,
    );
  const texts = latin1(bytes.slice(at + 44, length, "the texts were")).split("\0");
  return ["", ...texts.slice(0, count).map((t) => t.trim())];
}
