export default async ({ order }: { readonly order: string }): Promise<void> => {
  console.log(JSON.stringify({ level: 'info', order }));
};
