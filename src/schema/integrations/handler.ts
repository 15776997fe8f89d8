import { functionSettings, ownSettings } from '../function.ts';
import { handler as handlerPath } from '../handlers.ts';
import { about, text } from '../kit.ts';
import { NAME, NAME_LENGTH } from '../names.ts';
import { streamed } from '../rest-extras.ts';

export const handler = {
  value: about('A handler: one function for this route.', handlerPath),
  options: {
    ...streamed,
    name: text('The function’s name, instead of one made of method and path. With it, the function survives a change of the path.', {
      pattern: `^(?=.{1,${NAME_LENGTH}}$)${NAME}$`,
      means: 'a name: lowercase letters, digits and single hyphens',
      also: ['functionName'],
    }),
    ...functionSettings,
    ...ownSettings,
  },
} as const;
