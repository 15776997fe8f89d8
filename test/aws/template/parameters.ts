import { text, truth, type Tree } from '../tree.ts';
import { validationError } from '../wire.ts';
import { LIMITS } from './check.ts';
import type { ParameterDefinition, Template } from './template.ts';

/** The values of a template’s parameters: given, kept from before, or by default; refused as CloudFormation refuses them. */
export function parameterValues(
  template: Template,
  given: readonly Tree[],
  before: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const names = given.map((one) => String(one['ParameterKey']));
  const unknown = names.filter((name) => !(name in template.Parameters));
  if (unknown.length > 0) throw validationError(`Parameters: [${unknown.join(', ')}] do not exist in the template`);
  const twice = names.filter((name, index) => names.indexOf(name) !== index);
  if (twice.length > 0) throw validationError(`Duplicate parameters: [${twice.join(', ')}]`);
  const values = Object.entries(template.Parameters).map(([name, definition]) => [name, valueOf(name, definition, given, before)] as const);
  const missing = values.filter(([, value]) => value === undefined).map(([name]) => name);
  if (missing.length > 0) throw validationError(`Parameters: [${missing.join(', ')}] must have values`);
  for (const [name, value] of values) checkValue(name, template.Parameters[name] ?? { Type: 'String' }, value ?? '');
  return Object.fromEntries(values.map(([name, value]) => [name, value ?? '']));
}

function valueOf(
  name: string,
  definition: ParameterDefinition,
  given: readonly Tree[],
  before: Readonly<Record<string, string>>,
): string | undefined {
  const said = given.find((one) => one['ParameterKey'] === name);
  if (said && truth(said, 'UsePreviousValue')) {
    if (before[name] === undefined)
      throw validationError(
        `Invalid input for parameter key ${name}. Cannot specify usePreviousValue as true for a parameter key not in the previous template`,
      );
    return before[name];
  }
  if (said) return typeof said['ParameterValue'] === 'string' ? said['ParameterValue'] : text(said, 'ParameterValue');
  return definition.Default === undefined ? undefined : String(definition.Default);
}

function checkValue(name: string, definition: ParameterDefinition, value: string): void {
  const { AllowedValues, AllowedPattern, ConstraintDescription, MinLength, MaxLength, MinValue, MaxValue, Type } = definition;
  if (Buffer.byteLength(value) > LIMITS.value) throw validationError(`Parameter '${name}' must not exceed ${LIMITS.value} bytes`);
  if (Type === 'Number' && !/^-?\d+(\.\d+)?$/.test(value)) throw validationError(`Parameter '${name}' must be a number.`);
  if (AllowedValues && !AllowedValues.map(String).includes(value))
    throw validationError(`Parameter '${name}' must be one of AllowedValues${ConstraintDescription ? `: ${ConstraintDescription}` : ''}`);
  const broken = (rule: string): Error =>
    validationError(`Parameter ${name} failed to satisfy constraint: ${ConstraintDescription ?? `Parameter ${name} ${rule}`}`);
  if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(value))
    throw broken(`must match pattern ${AllowedPattern}`);
  if (MinLength !== undefined && value.length < Number(MinLength)) throw broken(`must contain at least ${MinLength} characters`);
  if (MaxLength !== undefined && value.length > Number(MaxLength)) throw broken(`must contain at most ${MaxLength} characters`);
  if (MinValue !== undefined && Number(value) < Number(MinValue)) throw broken(`must be a number not less than ${MinValue}`);
  if (MaxValue !== undefined && Number(value) > Number(MaxValue)) throw broken(`must be a number not greater than ${MaxValue}`);
}
