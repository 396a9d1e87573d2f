public import Kernel
public enum DemoBorough { public static func write(seed: UInt64, to: String, years: Int, progress: (String) -> Void) throws(Fault) {} }
