export const Sha256Js = undefined;
