// A refractory period lasts 0 or longer, as far as the defaults show.
import { negativeRefractory } from "../../diagnostics/model.ts";
import { textOf } from "../../base/source.ts";
import { defaults, evaluateNumber } from "../evaluate.ts";
import type { ModelRule } from "./rule.ts";

export const refractoryNotNegative: ModelRule = ({ neuron }, say) => {
  const duration = neuron.refractory?.duration;
  if (duration === undefined) return;
  const value = evaluateNumber(duration, defaults());
  if (value !== null && value < 0)
    say(
      negativeRefractory(duration.origin, {
        value: duration.kind === "quantity" ? `${textOf(duration.origin)} = ${value} ms` : textOf(duration.origin),
      }),
    );
};
