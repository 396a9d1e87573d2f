public import Kernel

extension PartnershipDefinition {
    /// The panels that the actor may know of on that day, in the order of the file: a sealed panel is known to those who
    /// sit on it only. Every page and answer that names panels asks here.
    public func visiblePanels(for actor: Actor, on day: LocalDate) -> [PanelDefinition] {
        let seats = Set(actor.panels.filter { $0.holds(on: day) }.map(\.panel))
        return panels.filter { !$0.isSealed || seats.contains($0.code) }
    }
}
