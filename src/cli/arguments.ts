import type { CommandShape, Values } from './commands.ts';

/**
 * Reads what stands behind a command where nothing about it is in doubt. Nothing for all the rest: `--help`, a
 * mistake, an abbreviation, which `main` reads with commander and answers. A command that is understood at once
 * need not load that.
 */
export function readArguments<C extends CommandShape>(shape: C, written: readonly string[]): Values<C> | undefined {
  const options: Record<string, string | true | readonly string[]> = {};
  let argument: string | undefined;
  for (let at = 0; at < written.length; at++) {
    const one = written[at] ?? '';
    if (!one.startsWith('-')) {
      if (argument !== undefined || !shape.argument || one === '') return undefined;
      argument = one;
      continue;
    }
    const [, name = '', given] = /^--([a-z-]+)(?:=(.*))?$/s.exec(one) ?? [];
    const option = Object.hasOwn(shape.options, name) ? shape.options[name] : undefined;
    if (!option) return undefined;
    if (option.value === undefined) {
      if (given !== undefined) return undefined;
      options[name] = true;
      continue;
    }
    const value = given ?? written[++at];
    if (value === undefined || value === '' || (given === undefined && value.startsWith('-'))) return undefined;
    if (option.choices && !option.choices.includes(value)) return undefined;
    const before = options[name];
    options[name] = option.many ? [...(Array.isArray(before) ? (before as readonly string[]) : []), value] : value;
  }
  return shape.argument?.required && argument === undefined ? undefined : ({ argument, options } as Values<C>);
}
