// Lines outside of all blocks as other tools write them.
import { tokenMatcher } from "../../../grammar/chevrotain.ts";
import { BlockKeyword } from "../../../grammar/tokens.ts";
import { line, N } from "./line.ts";
import type { Line } from "./line.ts";

/** What a file of Python brings along, of which a model needs nothing. */
const TOOL =
  "(?:brian2?|nest|pynest|pyNN|neuron|numpy|scipy|matplotlib|pylab|math|random|netpyne|arbor)(?![\\w\"'/])(?!\\.glif)";

export const FILE_LINES: readonly Line[] = [
  line("", `(?:from|import)\\s+["']?${TOOL}\\b.*`, "import brian2", () => ""),
  line("", `from\\s+["']?(?<path>[\\w./-]+)["']?\\s+import\\s+(?<names>\\*|${N}(?:\\s*(?:,|\\bas\\b)\\s*${N})*)`, "from lif import lif", ({ path = "", names = "" }) => (names === "*" ? null : `import ${names} from "${ofFile(path)}"`)),
  line("", `import\\s+(?<name>${N})\\s+from\\s+(?<path>"[^"]*")\\s+as\\s+${N}`, "from lif import lif", ({ name = "", path = "" }) => `import ${name} from ${path}`),
  line("", `import\\s+(?<name>${N})\\s+from\\s+(?<path>[\\w./-]+)`, "from lif import lif", ({ name = "", path = "" }) => `import ${name} from "${ofFile(path)}"`),
  line("", `import\\s+[\\w./]+(?:\\s+as\\s+${N})?`, "from lif import lif", () => null),
  line("", "import\\s+(?:\\*\\s*(?:as\\s+\\S+\\s+)?from\\s*)?[\"'][^\"']*[\"']", "import *", () => null),
  line("", `d?(?<x>${N})(?:/dt|'|\\s*/\\s*dt)\\s*=.*`, "v' = outside", (_groups, _declared, { tokens }, i) => (tokens.slice(0, i).some((t) => tokenMatcher(t, BlockKeyword)) ? undefined : null)),
  line("", "(?:done|end)", "done", () => ""),
]; // prettier-ignore

/** `lif` as `lif.glif`; what is a path stays one. */
const ofFile = (path: string): string => (/[./]/u.test(path) ? path : `${path}.glif`);
