import { text, type Intrinsic } from '../cloud/value.ts';
import type { Text } from '../resolve/model.ts';
import type { Context, Piece } from './meaning.ts';
import { nameInArn } from './shared-name.ts';

/** Something that exists already, said by its ARN or by its name. */
export interface Existing {
  /** Where an ARN was given; else partition, region and account are filled in by whoever knows the kind. */
  readonly arn: Piece | undefined;
  readonly name: Piece;
}

/** `arn:aws:kinesis:eu-central-1:123456789012:stream/orders` names `orders`; anything else is a name. */
export function existing(written: Text | undefined, context: Context): Existing | undefined {
  if (!written) return undefined;
  const [first] = written.segments;
  if (typeof first === 'object' && first.to === 'shared') {
    const arn = context.text(written) as Intrinsic;
    return { arn, name: nameInArn(first.thing, arn) };
  }
  if (typeof first !== 'string' || !first.startsWith('arn:')) return { arn: undefined, name: context.text(written) };
  const arn = context.text(written);
  const last = written.segments.findLastIndex((segment) => typeof segment === 'string' && /[:/]/.test(segment));
  const ending = written.segments[last];
  const tail = typeof ending === 'string' ? ending.slice(Math.max(ending.lastIndexOf('/'), ending.lastIndexOf(':')) + 1) : '';
  const rest = written.segments
    .slice(last + 1)
    .map((segment): string | Intrinsic =>
      typeof segment === 'string' ? segment : context.text({ segments: [segment], place: written.place }),
    );
  return { arn, name: text(tail, ...rest) };
}
