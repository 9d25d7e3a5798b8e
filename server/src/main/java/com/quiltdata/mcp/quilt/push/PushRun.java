package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.concurrent.InParallel;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.manifest.EntrySource;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import com.quiltdata.mcp.quilt.manifest.MeasuredManifest;
import com.quiltdata.mcp.quilt.manifest.OrderedManifest;
import com.quiltdata.mcp.quilt.registry.Pointer;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.quilt.workflow.Submission;
import com.quiltdata.mcp.quilt.workflow.Workflows;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// One push, step by step. Everything is looked at, hashed and compared before the first byte is
/// written; `latest` is written last.
final class PushRun {
  private final ObjectStore store;
  private final BucketName bucket;
  private final Predicate<BucketName> reach;
  private final InstantSource clock;
  private final PackageName name;
  private final PackageEdit edit;
  private final PushOptions options;
  private final PushProgress progress;
  private final Registry registry;
  private final Placement placement;
  private final Conflicts conflicts;

  PushRun(
      ObjectStore store,
      BucketName bucket,
      Predicate<BucketName> reach,
      InstantSource clock,
      PackageName name,
      PackageEdit edit,
      PushOptions options,
      PushProgress progress) {
    this.store = store;
    this.bucket = bucket;
    this.reach = reach;
    this.clock = clock;
    this.name = name;
    this.edit = edit;
    this.options = options;
    this.progress = progress;
    this.registry = new Registry(store, bucket);
    this.placement = new Placement(store, bucket, name, options.copy());
    this.conflicts = new Conflicts(bucket, name);
  }

  PushOutcome run() {
    Optional<Pointer> latest = registry.pointer(name, RevisionReference.LATEST);
    Optional<OrderedManifest> base = edit.base().map(this::base);
    BaseScan scan = scan(base);
    SortedMap<LogicalKey, Source> found = lookUp(scan);
    Draft draft = checked(draft(base, scan.header(), found), scan.header());
    boolean allowed = isAllowed(latest, draft);

    SortedMap<LogicalKey, Source> sources = hash(found);
    Draft hashed = draft.with(entries(sources));
    MeasuredManifest measured = hashed.withStandIns().measure();
    PushReport report = new PushReport(edit, scan.replaced(), latest.map(Pointer::hash), placement);
    if (names(latest, hashed, measured) && (options.dedupe() || !allowed)) {
      return report.alreadyThere(hashed, measured);
    }
    if (!allowed) {
      throw conflicts.unexpected(options.expected(), latest.orElseThrow().hash());
    }
    if (options.dryRun()) {
      return report.planned(hashed, measured, sources);
    }

    SortedMap<LogicalKey, Placed> placed = stored(sources, reuse(latest, base, sources), latest);
    Draft whole = hashed.with(places(hashed, placed));
    // From here on a manifest may name what was written, so that nothing is taken back any more.
    return Cancellation.shielded(() -> {
      Optional<String> warning = writeManifest(whole, measured);
      String pointer = publish(measured.topHash(), latest);
      return report.written(whole, measured, placed, pointer, warning);
    });
  }

  private Reuse reuse(
      Optional<Pointer> latest,
      Optional<OrderedManifest> base,
      SortedMap<LogicalKey, Source> sources) {
    List<EntrySource> revisions = new ArrayList<>();
    latest.ifPresent(pointer ->
        revisions.add(() -> OrderedManifest.of(registry.manifest(pointer.hash())).open()));
    base.ifPresent(revisions::add);
    Set<String> digits = new HashSet<>();
    sources
        .values()
        .forEach(source ->
            source
                .hash()
                .filter(SourceHashes::isChunked)
                .map(Placer::digits)
                .ifPresent(digits::add));
    return new Reuse(store, clock, revisions, sources.keySet(), digits);
  }

  /// Brings all bytes to their places and looks at them, or leaves everything as it was.
  private SortedMap<LogicalKey, Placed> stored(
      SortedMap<LogicalKey, Source> sources, Reuse reuse, Optional<Pointer> latest) {
    Written written = new Written(store, clock);
    try {
      Placer placer = new Placer(store, bucket, name, placement, reuse, written);
      SortedMap<LogicalKey, Placed> placed = place(sources, placer);
      readBack(placed);
      requireStill(latest);
      return placed;
    } catch (RuntimeException e) {
      throw written.takenBack(e);
    }
  }

  /// Whether the push may go on top of what is there.
  ///
  /// @return false when it may not, but may have been done already, which its hash will show
  private boolean isAllowed(Optional<Pointer> latest, Draft draft) {
    if (latest.isEmpty() || Conflicts.allows(options.expected(), latest.get().hash())) {
      return true;
    }
    if (!SameContent.isPossible(draft, registry, latest.get().hash())) {
      throw conflicts.unexpected(options.expected(), latest.get().hash());
    }
    return false;
  }

  private static boolean names(Optional<Pointer> latest, Draft draft, MeasuredManifest measured) {
    return draft.isHashed() && latest.map(Pointer::hash).equals(Optional.of(measured.topHash()));
  }

  private OrderedManifest base(BaseRevision base) {
    if (!reach.test(base.bucket())) {
      throw new Fault(
          FaultCode.FORBIDDEN_BUCKET,
          "The base is in bucket %s, which this caller may not read".formatted(base.bucket()));
    }
    return OrderedManifest.of(new Registry(store, base.bucket()).manifest(base.revision()));
  }

  private BaseScan scan(Optional<OrderedManifest> base) {
    BucketName from = edit.base().map(BaseRevision::bucket).orElse(bucket);
    Predicate<ManifestEntry> stays = entry -> placement.stays(from, entry);
    return base.isPresent()
        ? base.get().read(entries -> BaseScan.of(entries, edit.changes(), stays))
        : BaseScan.of(new EmptyPackage(), edit.changes(), stays);
  }

  private SortedMap<LogicalKey, Source> lookUp(BaseScan scan) {
    Map<LogicalKey, Change> all = new TreeMap<>(edit.changes());
    scan.moved().forEach((key, entry) -> all.put(key, new Change.PutEntry(entry)));
    StepProgress step = new StepProgress(progress, PushStep.LOOK, all.size());
    return new Lookup(store, reach).sources(all, step);
  }

  private SortedMap<LogicalKey, Optional<ManifestEntry>> entries(
      SortedMap<LogicalKey, Source> sources) {
    SortedMap<LogicalKey, Optional<ManifestEntry>> entries = new TreeMap<>();
    edit.changes().keySet().forEach(key -> entries.put(key, Optional.empty()));
    sources.forEach((key, source) -> entries.put(key, Optional.of(source.entry(key))));
    return entries;
  }

  private Draft draft(
      Optional<OrderedManifest> base, ManifestHeader header, SortedMap<LogicalKey, Source> found) {
    EntrySource source = base.isPresent() ? base.get() : EmptyPackage::new;
    return new Draft(header, source, entries(found));
  }

  /// The draft with its header, which says what workflow has checked it.
  private Draft checked(Draft draft, ManifestHeader base) {
    NewHeader header = new NewHeader(base, edit);
    Draft unchecked = draft.with(header.of(Optional.empty()));
    Submission submission =
        new Submission(name, edit.message(), unchecked.header().userMeta(), unchecked);
    Workflows workflows = new Workflows(store, bucket, reach);
    return draft.with(header.of(workflows.check(options.workflow(), submission)));
  }

  private SortedMap<LogicalKey, Source> hash(SortedMap<LogicalKey, Source> found) {
    SourceHashes hashes = new SourceHashes(store, placement::copies);
    StepProgress step = new StepProgress(progress, PushStep.HASH, found.size());
    return options.dryRun() ? hashes.cheap(found, step) : hashes.all(found, step);
  }

  /// Brings all bytes to their places. The fewest come first and alone, which shows whether the
  /// bucket keeps versions.
  private SortedMap<LogicalKey, Placed> place(
      SortedMap<LogicalKey, Source> sources, Placer placer) {
    StepProgress step = new StepProgress(progress, PushStep.COPY, sources.size());
    List<Map.Entry<LogicalKey, Source>> bySize =
        sources.entrySet().stream()
            .sorted(Comparator.comparingLong(source -> source.getValue().sizeBytes()))
            .toList();
    int alone = Math.min(1, bySize.size());
    SortedMap<LogicalKey, Placed> placed =
        PerKey.map(bySize.subList(0, alone), placer::place, step);
    placed.putAll(PerKey.map(bySize.subList(alone, bySize.size()), placer::place, step));
    return placed;
  }

  /// Looks once more at everything that was written, or that could have changed since.
  private void readBack(SortedMap<LogicalKey, Placed> placed) {
    InParallel.map(
        placed.values().stream()
            .filter(one -> one.written() || !Lookup.isPinned(one.info().location()))
            .toList(),
        one -> {
          SourceHashes.requireUnchanged(store, one.info());
          return one;
        });
  }

  private void requireStill(Optional<Pointer> latest) {
    Cancellation.check();
    Optional<Pointer> now = registry.pointer(name, RevisionReference.LATEST);
    if (!now.map(Pointer::etag).equals(latest.map(Pointer::etag))) {
      throw conflicts.overtaken(now.map(Pointer::hash));
    }
  }

  private Optional<String> writeManifest(Draft whole, MeasuredManifest measured) {
    progress.report(PushStep.MANIFEST, 0, measured.entries());
    Optional<String> warning =
        new ManifestFile(store, registry, placement, whole, measured.topHash()).write();
    progress.report(PushStep.MANIFEST, measured.entries(), measured.entries());
    return warning;
  }

  private static SortedMap<LogicalKey, Optional<ManifestEntry>> places(
      Draft draft, SortedMap<LogicalKey, Placed> placed) {
    SortedMap<LogicalKey, Optional<ManifestEntry>> entries = new TreeMap<>(draft.changes());
    placed.forEach(
        (key, place) -> entries.computeIfPresent(key, (_, entry) -> entry.map(place::entry)));
    return entries;
  }

  private String publish(TopHash hash, Optional<Pointer> latest) {
    Publication publication = new Publication(store, registry, name);
    String pointer = publication.time(hash, clock.instant());
    publication.latest(hash, latest);
    return pointer;
  }
}
