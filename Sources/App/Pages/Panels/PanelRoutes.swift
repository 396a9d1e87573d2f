public import HTTP
public import Site

/// The pages of panels.
public enum PanelRoutes {
    /// The routes.
    public static let routes: [Route<Endpoint>] = []
}
