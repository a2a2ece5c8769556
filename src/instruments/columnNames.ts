// How columns of a table are called that an instrument's channels become: by what they are in a model, and once each.
import { listed } from "../base/lists.ts";
import { CURRENT, equal, VOLTAGE } from "../quantities/dimension.ts";
import { parseUnit } from "../quantities/unit.ts";

export interface Named {
  /** "the channel IN 0" */
  readonly what: string;
  /** As the instrument calls it. */
  readonly name: string;
  readonly unit: string;
}

export interface ColumnNames {
  /** In the order of what was given; null for what is left out. */
  readonly channels: readonly (string | null)[];
  readonly commands: readonly (string | null)[];
  readonly meanings: readonly { readonly column: string; readonly what: string }[];
  readonly notes: readonly string[];
}

/**
 * What was recorded in volts is `V`, in amperes `I`; a command in amperes is `I_e`, what the experiment gives, and one in volts `V_c`, what the clamp holds; a further one has its number, `V_2`. Without a
 * command the first recorded current is `I_e` where a voltage was recorded too. Anything else keeps the instrument's name.
 */
export function columnNames(channels: readonly Named[], commands: readonly Named[]): ColumnNames {
  const taken = new Set<string>(["t", "sweep"]);
  const meanings: { column: string; what: string }[] = [];
  const unknown: Named[] = [];
  const recordsVoltage = channels.some((c) => kindOf(c.unit) === "voltage");
  const commandsCurrent = commands.some((c) => kindOf(c.unit) === "current");
  const name = (named: Named, isCommand: boolean): string | null => {
    const kind = kindOf(named.unit);
    if (kind === null) {
      unknown.push(named);
      return null;
    }
    const drives = isCommand || (recordsVoltage && !commandsCurrent && !taken.has("I_e"));
    const base =
      kind === "voltage"
        ? isCommand
          ? "V_c"
          : "V"
        : kind === "current"
          ? drives
            ? "I_e"
            : "I"
          : named.name.replaceAll(/[^\p{L}\p{N}]+/gu, "_").replace(/^[\p{N}_]+/u, "") || "x";
    let column = base;
    for (let n = 2; taken.has(column); n++) column = `${base}_${n}`;
    taken.add(column);
    meanings.push({ column, what: named.what });
    return column;
  };
  return {
    channels: channels.map((c) => name(c, false)),
    commands: commands.map((c) => name(c, true)),
    meanings,
    notes:
      unknown.length === 0
        ? []
        : [
            `${listed(unknown.map(({ what, unit }) => `${what} (${unit === "" ? "without a unit" : `in "${unit}"`})`))} ${unknown.length === 1 ? "is" : "are"} left out: a column needs a unit`,
          ],
  };
}

/** What an instrument's unit measures; null where it is none that is known. */
export function kindOf(unit: string): "voltage" | "current" | "other" | null {
  const parsed = parseUnit(unit.replaceAll("\u00B5", "\u03BC"));
  if (!("unit" in parsed)) return null;
  if (equal(parsed.unit.dimension, VOLTAGE)) return "voltage";
  return equal(parsed.unit.dimension, CURRENT) ? "current" : "other";
}
