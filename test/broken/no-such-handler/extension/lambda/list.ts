export const create = async () => undefined;
