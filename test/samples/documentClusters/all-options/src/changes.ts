/** @types/aws-lambda has no types for DocumentDB. */
interface ChangeEvent {
  readonly eventSource: 'aws:docdb';
  readonly events: readonly { readonly event: { readonly operationType: string; readonly documentKey?: unknown } }[];
}

export default async ({ events }: ChangeEvent): Promise<void> => {
  for (const { event } of events) console.log(event.operationType, event.documentKey);
};
