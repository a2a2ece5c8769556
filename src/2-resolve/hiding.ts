// Names that cannot be reached where they stand: an argument or a declaration in front of a constant, and words of the language that are names as well.
import { hiddenName, wordOrName } from "../diagnostics/names.ts";
import type { ExperimentNode, FunctionNode, NetworkNode, RecordTargetNode } from "../1-parse/ast.ts";
import type { Span } from "../base/source.ts";
import type { FlatModel } from "./flatten.ts";
import type { Report } from "./report.ts";
import type { FileScope } from "./load.ts";
import { ROLE_NAMES } from "./resolved.ts";
import type { KnownPopulation } from "./stage.ts";

/** What a model's own names, and the arguments of its functions, stand in front of; and a state that `hold all` does not mean. Of its parent it has been said. */
export function tellHiddenIn(flat: FlatModel, report: Report): void {
  if (flat.damaged) return;
  const { parent, added } = flat;
  const { quantities } = added !== null && parent?.frame.file === flat.frame.file ? added : flat;
  const kind = `${flat.node.kind} \`${flat.node.name.name}\``;
  for (const [name, { node, frame }] of quantities) {
    if (frame.prefix === "")
      tellConstant(name, `${ROLE_NAMES[node.role]} \`${name}\` of ${kind}`, node.name.span, flat.frame.file, report);
  }
  for (const { node, frame } of flat.functions.values()) {
    tellArguments(node, frame.file, report);
    for (const { name } of node.parameters) {
      const hidden = flat.quantities.get(frame.prefix + name.name)?.node;
      // A function of the voltage has an argument called `V`: that is how it is written.
      if (hidden === undefined || !["param", "const"].includes(hidden.role)) continue;
      report(
        hiddenName(name.span, {
          name: name.name,
          by: `the argument \`${name.name}\` of \`${node.name.name}\``,
          hidden: `the ${ROLE_NAMES[hidden.role]}`,
          at: hidden.name.span,
          argument: true,
        }),
      );
    }
  }
  const all = flat.quantities.get("all");
  if (flat.refractory?.node.holdAll === true && all?.node.role === "state") {
    report(
      wordOrName(flat.refractory.node.span, {
        name: "all",
        kind: "state",
        meaning: "`hold all` holds every state",
        at: all.node.name.span,
      }),
    );
  }
}

/** The same of a function of a file. */
export function tellArguments(node: FunctionNode, file: FileScope, report: Report): void {
  for (const { name } of node.parameters)
    tellConstant(name.name, `the argument \`${name.name}\` of \`${node.name.name}\``, name.span, file, report, true);
}

/** The same of what a network or an experiment declares for itself. */
export function tellHiddenBy(node: NetworkNode | ExperimentNode, file: FileScope, report: Report): void {
  for (const member of node.members) {
    if (member.kind === "quantity")
      tellConstant(
        member.name.name,
        `${ROLE_NAMES[member.role]} \`${member.name.name}\` of ${node.kind} \`${node.name.name}\``,
        member.name.span,
        file,
        report,
      );
  }
}

/** `record spikes` where something is called so. */
export function tellSpikes(populations: readonly KnownPopulation[], { span }: RecordTargetNode, report: Report): void {
  for (const { flat } of populations) {
    const named = flat.quantities.get("spikes");
    if (named !== undefined)
      report(
        wordOrName(span, {
          name: "spikes",
          kind: ROLE_NAMES[named.node.role],
          meaning: "`record spikes` keeps the spikes",
          at: named.node.name.span,
        }),
      );
  }
}

function tellConstant(name: string, by: string, at: Span, file: FileScope, report: Report, argument = false): void {
  const found = file.names.get(name);
  if (name !== "" && found?.node.kind === "quantity")
    report(
      hiddenName(at, {
        name,
        by,
        hidden: `the ${file === found.scope ? "file's" : "imported"} constant`,
        at: found.node.name.span,
        argument,
      }),
    );
}
