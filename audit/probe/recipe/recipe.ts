import { type Static, Type } from 'typebox';
import { Value } from 'typebox/value';
import { parse } from 'yaml';

const Text = Type.String({ minLength: 1 });
const Values = Type.Record(Type.String(), Type.Unknown());
const Texts = Type.Record(Type.String(), Text);
const strict = { additionalProperties: false } as const;

/** A request that is made beforehand, as somebody of the same company. */
const Step = Type.Object(
  {
    call: Type.String({ pattern: '^(GET|POST|PUT|PATCH|DELETE) /' }),
    /** A login, as a template; `nobody`; `staff`; else the company's own. */
    as: Type.Optional(Text),
    body: Type.Optional(Values),
    query: Type.Optional(Texts),
    /** What the parameters of its path are; else the company's own ids. */
    path: Type.Optional(Texts),
    /** A file of this ending is sent. */
    file: Type.Optional(Type.Union([Type.Literal('csv'), Type.Literal('xlsx'), Type.Literal('png')])),
    /** The name by which templates find the answer. */
    keep: Type.Optional(Text),
    /** The answer is the row that ids of this kind name from now on: `contacts`. */
    row: Type.Optional(Text),
    /** Asked again, for half a minute, until the answer has these values, each one of a list. */
    until: Type.Optional(Type.Record(Type.String(), Type.Array(Text, { minItems: 1 }))),
  },
  strict,
);

/** How a company's own people succeed with a request, where the OpenAPI document does not tell. */
const Way = Type.Object(
  {
    /** A colleague made for this request: `caller` makes it and may lose their login by it; `named`: ids of users name them. */
    spare: Type.Optional(Type.Union([Type.Literal('caller'), Type.Literal('named')])),
    before: Type.Optional(Type.Array(Step)),
    /** Who makes the request, as in a step. */
    as: Type.Optional(Text),
    body: Type.Optional(Values),
    query: Type.Optional(Texts),
    path: Type.Optional(Texts),
    /** Parameters that name nothing of a company's, and what they name. */
    everybodys: Type.Optional(Texts),
    /** Answers beside 2xx that only they get who were let in, and why. */
    accepted: Type.Optional(Type.Record(Type.String({ pattern: '^\\d{3}$' }), Text)),
  },
  strict,
);

/** How a colleague is made who may lose their login. */
const Spare = Type.Object(
  { before: Type.Array(Step, { minItems: 1 }), login: Text, user: Text, email: Text, password: Type.Optional(Text) },
  strict,
);

const Recipe = Type.Object(
  {
    spare: Type.Optional(Spare),
    endpoints: Type.Record(Type.String({ pattern: '^(GET|POST|PUT|PATCH|DELETE) /' }), Way),
  },
  strict,
);

export type Step = Static<typeof Step>;
export type Way = Static<typeof Way>;
export type Recipe = Static<typeof Recipe>;

/**
 * Reads a recipe, in YAML or JSON.
 * @param file its name, for what is said of it
 * @throws Error that says where it is none
 */
export function readRecipe(text: string, file: string): Recipe {
  let told: unknown;
  try {
    told = parse(text);
  } catch (error) {
    throw new Error(`${file}: ${(error as Error).message}`);
  }
  if (Value.Check(Recipe, told)) return told;
  const [first] = Value.Errors(Recipe, told);
  throw new Error(`${file} is no recipe: at ${first?.instancePath || 'its root'}, ${first?.message}.`);
}
