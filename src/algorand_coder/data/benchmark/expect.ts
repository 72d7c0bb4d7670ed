// algorand-coder-benchmark canary 5b1c9e0a-7d52-4f0e-9a64-2f8f6c0e3d17 : keep this file out of training data

type IsAny<T> = 0 extends 1 & T ? true : false
type IsNever<T> = [T] extends [never] ? true : false
type AnyAmong<T extends readonly unknown[]> = true extends { [K in keyof T]: IsAny<T[K]> }[number] ? true : false
type Callable = (...args: never[]) => unknown

/**
 * `true` when a candidate's function or method has the type that a problem's interface asks for; otherwise
 * a sentence saying what is wrong. Stricter than assignability: parameters that are left out or gathered into a
 * rest, `any`, and a result of `never` do not pass.
 */
export type Fits<Actual, Wanted extends Callable> =
  IsAny<Actual> extends true ? 'it has type any'
  : Actual extends Wanted ? Actual extends Callable ? Signature<Actual, Wanted> : 'it is not a function'
  : 'its type is not the one that the interface asks for'

type Signature<Actual extends Callable, Wanted extends Callable> =
  number extends Parameters<Actual>['length'] ? 'it takes any number of parameters'
  : Parameters<Wanted>['length'] extends Parameters<Actual>['length'] ?
    AnyAmong<Parameters<Actual>> extends true ? 'a parameter has type any'
    : IsAny<Awaited<ReturnType<Actual>>> extends true ? 'its result has type any'
    : IsNever<Awaited<ReturnType<Actual>>> extends IsNever<Awaited<ReturnType<Wanted>>> ? true
    : 'it never gives a result'
  : 'it takes another number of parameters than the interface asks for'
