// What Brian2 lets nobody call a variable.
import type { NameRules } from "../names.ts";

const PYTHON =
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield print";
const CPP =
  "alignas alignof asm auto bool case catch char char16_t char32_t compl concept const const_cast constexpr decltype default delete do double dynamic_cast enum explicit export extern float friend goto inline int long mutable namespace new noexcept nullptr operator private protected public register reinterpret_cast requires short signed sizeof static static_assert static_cast struct switch template this thread_local throw typedef typeid typename union unsigned using virtual void volatile wchar_t xor";
/** Variables that groups have of their own. */
const OWN =
  "t dt t_in_timesteps i j N N_pre N_post N_incoming N_outgoing xi lastspike not_refractory lastupdate delay rates spike_number spiketrain event";
/** What groups and connections have besides: a variable of that name would hide it. */
const ATTRIBUTES =
  "active add_attribute add_dependency add_to_magic_network after_run before_run check_variable_write clock code codeobj_class connect contained_objects create_code_objects custom_operation equations event_codes events get_documentation get_group get_states indices invalidates_magic_network item_mapping method_choice method_options multisynaptic_index name namespace object order post pre queues register_variable reset_delays resetter resolve resolve_all restore_from_state run_on_event run_regularly runner scheduler set_event_schedule set_states source spikes start state state_updater stop summed_updaters synapses target thresholder updaters variables virtual_synapses when subexpression_updater assign_id code_objects delay_ event_driven unregister_variable user_equations verify_dependencies";
const FUNCTIONS =
  "abs arccos arcsin arctan ceil clip cos cosh exp expm1 exprel floor int log log10 log1p poisson rand randn sign sin sinh sqrt tan tanh timestep pi e inf";
/** Names of the script, and of what it imports, that it uses itself. */
const SCRIPT =
  "np prefs seed run array arange repeat concatenate sort full zeros ones linspace defaultclock magic_network Network NeuronGroup Synapses TimedArray SpikeMonitor StateMonitor PoissonGroup SpikeGeneratorGroup Equations choose positive minimum maximum between lognormal_of time_of data duration namespace monitors write_spikes write_traces str list dict set len range open min max sum round any all map zip type id input file format";

export const RULES: NameRules = {
  reserved: new Set([PYTHON, CPP, OWN, ATTRIBUTES, FUNCTIONS, SCRIPT].flatMap((words) => words.split(" "))),
  refuses: (name) => name.startsWith("xi_") || /_(?:pre|post)$/.test(name) || isUnit(name),
};

const PREFIX = "(?:Y|Z|E|P|T|G|M|k|h|da|d|c|m|u|n|p|f|a|z|y)?";
const UNIT = new RegExp(
  `^${PREFIX}(?:metre|meter|gram|gramme|second|amp|ampere|kelvin|mole|mol|candle|radian|steradian|hertz|newton|pascal|joule|watt|coulomb|volt|farad|ohm|siemens|weber|tesla|henry|lumen|lux|becquerel|gray|sievert|katal|liter|litre|molar|kilogram|celsius)[23]?$`,
);
const SHORT = new Set(
  "mV mA uA nA pA pF uF nF nS uS mS ms us Hz kHz MHz cm cm2 cm3 mm mm2 mm3 um um2 um3 mM uM nM kilogram".split(" "),
);

function isUnit(name: string): boolean {
  return SHORT.has(name) || UNIT.test(name);
}
