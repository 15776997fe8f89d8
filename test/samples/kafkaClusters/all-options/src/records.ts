import type { MSKEvent, SelfManagedKafkaEvent } from 'aws-lambda';

export default async ({ records }: MSKEvent | SelfManagedKafkaEvent): Promise<void> => {
  for (const record of Object.values(records).flat()) console.log(record.topic, record.partition, record.offset);
};
