import type { MSKEvent, SelfManagedKafkaEvent } from 'aws-lambda';

/** @types/aws-lambda has no type for what a consumer of Kafka answers. */
interface KafkaBatchResponse {
  readonly batchItemFailures: readonly { readonly itemIdentifier: { readonly partition: string; readonly offset: number } }[];
}

export default async ({ records }: MSKEvent | SelfManagedKafkaEvent): Promise<KafkaBatchResponse> => ({
  batchItemFailures: Object.values(records)
    .flat()
    .filter(({ value }) => value === '')
    .map(({ topic, partition, offset }) => ({ itemIdentifier: { partition: `${topic}-${partition}`, offset } })),
});
