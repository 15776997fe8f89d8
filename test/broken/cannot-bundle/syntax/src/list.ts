export default async () => {
  return 1 +;
};
