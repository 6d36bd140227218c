export const Sha256Js = undefined;
export default undefined;
