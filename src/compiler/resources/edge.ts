import type { Fn, Thing } from '../resolve/model.ts';

/** Whether CloudFront calls copies of the function near to whoever asks. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-the-edge.html */
export function isEdge({ owner, path }: Fn): boolean {
  if (owner.kind !== 'consumers' || owner.path !== path || owner.written.broken) return false;
  return (owner as Thing<'consumers'>).settings.from.some(({ kind }) => kind === 'distribution');
}
