package com.quiltdata.mcp.change;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.change.Listener.News;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.replica.Alone;
import com.quiltdata.mcp.replica.ReplicaId;
import com.quiltdata.mcp.replica.ReplicaNet;
import com.quiltdata.mcp.replica.Replicas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ChangesTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  static final List<Change> KINDS =
      List.of(
          new Change.ToolList(),
          new Change.PromptList(),
          new Change.ResourceList(),
          new Change.ResourceContents("quilt://é\"\\"));

  private final ReplicaNet net = new ReplicaNet();
  private final Replicas here = net.start();
  private final Replicas there = net.start();
  private final Changes changes = new Changes(here);
  private final Changes others = new Changes(there);

  private static Change.ResourceContents page(int number) {
    return new Change.ResourceContents("test://" + number);
  }

  private static Optional<News> now(Listener listener) throws InterruptedException {
    return listener.next(Duration.ZERO);
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void everyKindReachesTheListenersOfEveryReplica(Change change) throws InterruptedException {
    try (Listener one = changes.listen(_ -> true);
        Listener other = others.listen(_ -> true)) {
      others.tell(change);
      assertThat(now(one)).contains(new News.Of(change));
      assertThat(now(other)).contains(new News.Of(change));
      assertThat(now(one)).isEmpty();
    }
  }

  @Test
  void newsComeInTheirOrder() throws InterruptedException {
    try (Listener listener = changes.listen(_ -> true)) {
      for (int i = 0; i < 64; i++) {
        changes.tell(page(i));
      }
      for (int i = 0; i < 64; i++) {
        assertThat(now(listener)).contains(new News.Of(page(i)));
      }
      assertThat(now(listener)).isEmpty();
    }
  }

  @Test
  void whoIsTooSlowIsToldSoForGood() throws InterruptedException {
    try (Listener slow = changes.listen(_ -> true);
        Listener deaf = changes.listen(_ -> false)) {
      for (int i = 0; i < 65; i++) {
        changes.tell(page(i));
      }
      assertThat(now(slow)).contains(new News.Overrun());
      changes.tell(page(66));
      assertThat(now(slow)).contains(new News.Overrun());
      assertThat(now(deaf)).isEmpty();
      changes.end();
      assertThat(now(slow)).contains(new News.Overrun());
      assertThat(now(deaf)).contains(new News.End());
    }
  }

  @Test
  void onlyWhatWasAskedForIsHeard() throws InterruptedException {
    try (Listener listener = changes.listen(page(2)::equals)) {
      changes.tell(page(1));
      changes.tell(new Change.ToolList());
      changes.tell(page(2));
      assertThat(now(listener)).contains(new News.Of(page(2)));
      assertThat(now(listener)).isEmpty();
    }
  }

  @Test
  void whatWasSaidBeforeIsNotHeard() throws InterruptedException {
    changes.tell(page(1));
    try (Listener listener = changes.listen(_ -> true)) {
      assertThat(now(listener)).isEmpty();
    }
  }

  @Test
  void whoClosesIsForgotten() throws InterruptedException {
    Listener listener = changes.listen(_ -> true);
    try (Listener other = changes.listen(_ -> true)) {
      assertThat(changes.listeners()).isEqualTo(2);
      listener.close();
      listener.close();
      assertThat(changes.listeners()).isEqualTo(1);
      changes.tell(page(1));
      assertThat(now(listener)).isEmpty();
      assertThat(now(other)).isPresent();
    }
    assertThat(changes.listeners()).isZero();
  }

  @Test
  void theEndComesAfterWhatWasTold() throws InterruptedException {
    try (Listener listener = changes.listen(_ -> true)) {
      changes.tell(page(1));
      changes.end();
      assertThat(listener.next(LONG)).contains(new News.Of(page(1)));
      assertThat(listener.next(LONG)).contains(new News.End());
      assertThat(listener.next(LONG)).as("it stays at its end").contains(new News.End());
    }
  }

  @Test
  void theEndIsHeardWithAFullQueueToo() throws InterruptedException {
    try (Listener listener = changes.listen(_ -> true)) {
      for (int i = 0; i < 64; i++) {
        changes.tell(page(i));
      }
      changes.end();
      for (int i = 0; i < 64; i++) {
        assertThat(listener.next(LONG)).contains(new News.Of(page(i)));
      }
      assertThat(listener.next(LONG)).contains(new News.End());
    }
  }

  @Test
  void whoListensAfterTheEndHearsOfItAtOnce() throws InterruptedException {
    changes.end();
    try (Listener listener = changes.listen(_ -> true)) {
      assertThat(listener.next(LONG)).contains(new News.End());
    }
    try (Listener elsewhere = others.listen(_ -> true)) {
      assertThat(now(elsewhere)).as("another replica goes on").isEmpty();
    }
  }

  @Test
  void whoWaitsIsWokenByNewsAndByTheEnd() throws InterruptedException {
    BlockingQueue<Optional<News>> heard = new ArrayBlockingQueue<>(2);
    try (Listener listener = changes.listen(_ -> true)) {
      Thread waiting =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  heard.add(listener.next(LONG));
                  heard.add(listener.next(LONG));
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      changes.tell(page(1));
      assertThat(heard.poll(30, TimeUnit.SECONDS)).contains(new News.Of(page(1)));
      changes.end();
      assertThat(heard.poll(30, TimeUnit.SECONDS)).contains(new News.End());
      waiting.join();
    }
  }

  @Test
  void oneListenerCanBeEndedAlone() throws InterruptedException {
    try (Listener one = changes.listen(_ -> true);
        Listener other = changes.listen(_ -> true)) {
      one.end();
      assertThat(now(one)).contains(new News.End());
      assertThat(now(other)).isEmpty();
    }
  }

  /// During an update, replicas of two versions run beside each other.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"of\":\"skills\"}",
        "{\"of\":7}",
        "[]",
        "null",
        "not JSON",
        "",
        "\"tools\""
      })
  void whatAnotherVersionSaysIsIgnored(String message) throws InterruptedException {
    try (Listener listener = changes.listen(_ -> true)) {
      there.publish("change", message.getBytes(UTF_8));
      assertThat(now(listener)).isEmpty();
      others.tell(new Change.ToolList());
      assertThat(now(listener)).contains(new News.Of(new Change.ToolList()));
    }
  }

  @ParameterizedTest
  @FieldSource("KINDS")
  void aChangeIsReadAsItWasWritten(Change change) {
    assertThat(Change.of(JSON.read(JSON.write(change.toJson())))).contains(change);
  }

  @Test
  void newsAreCompleteWhereAllReplicasAreReached() {
    ReplicaId self = here.self();
    assertThat(changes.isComplete()).isTrue();
    assertThat(new Changes(new Alone(self, true)).isComplete()).isTrue();
    assertThat(new Changes(new Alone(self, false)).isComplete()).isFalse();
  }

  @Test
  void nothingIsLostBetweenThreads() throws InterruptedException {
    List<Thread> speakers = new ArrayList<>();
    try (Listener listener = changes.listen(_ -> true)) {
      for (int speaker = 0; speaker < 8; speaker++) {
        int first = speaker * 8;
        speakers.add(
            Thread.ofVirtual()
                .start(() -> {
                  for (int i = first; i < first + 8; i++) {
                    changes.tell(page(i));
                  }
                }));
      }
      List<Optional<News>> heard = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        heard.add(listener.next(LONG));
      }
      for (int i = 0; i < 64; i++) {
        assertThat(heard).contains(Optional.of(new News.Of(page(i))));
      }
      for (Thread speaker : speakers) {
        speaker.join();
      }
    }
  }
}
