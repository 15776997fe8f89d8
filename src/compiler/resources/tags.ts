import type { Text } from '../resolve/model.ts';
import type { Context, Piece } from './meaning.ts';

/** Tags as most resources take them: a list, in the order of the keys. The system’s own come below a thing’s. */
export function tagList(
  own: Readonly<Record<string, Text>> | undefined,
  context: Context,
): { readonly Tags?: readonly { readonly Key: string; readonly Value: string }[] } {
  const tags = tagMap(own, context);
  const keys = Object.keys(tags);
  // Plain text in most cases; cloudform-types knows no computed value here, CloudFormation does.
  return keys.length === 0 ? {} : { Tags: keys.map((Key) => ({ Key, Value: tags[Key] as string })) };
}

/** Tags as a few resources take them: a mapping. */
export function tagMap(own: Readonly<Record<string, Text>> | undefined, context: Context): { readonly [key: string]: Piece } {
  const all = { ...context.model.settings.tags, ...own };
  return Object.fromEntries(
    Object.keys(all)
      .sort()
      .flatMap((key) => {
        const text = all[key];
        return text ? [[key, context.text(text)] as const] : [];
      }),
  );
}
