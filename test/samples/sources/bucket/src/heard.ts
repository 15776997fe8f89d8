export default async ({ detail }: { detail: { object: { key: string } } }): Promise<void> => console.log(detail.object.key);
